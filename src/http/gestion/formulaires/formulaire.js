// The forms of the catalogue, better while one types: everything here is also done by the server without it.
{
  /** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
  /** @typedef {Readonly<Record<string, string | null>>} Found one line of what a search found */
  /** @typedef {(one: Found) => readonly [titre: string, detail: string, choose: () => void]} Describe */

  /** @type {(one: unknown) => one is Field} */
  const isField = (one) =>
    one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement;

  /** @type {(root: ParentNode, selector: string) => HTMLElement[]} */
  const all = (root, selector) =>
    [...root.querySelectorAll(selector)].filter((one) => one instanceof HTMLElement);

  /** @type {(root: ParentNode | null | undefined, selector: string) => HTMLElement | undefined} */
  const first = (root, selector) => {
    const one = root?.querySelector(selector);
    return one instanceof HTMLElement ? one : undefined;
  };

  /** @type {(from: unknown, selector: string) => HTMLElement | undefined} */
  const around = (from, selector) => {
    const one = from instanceof Element ? from.closest(selector) : null;
    return one instanceof HTMLElement ? one : undefined;
  };

  /** @type {<N extends keyof HTMLElementTagNameMap>(name: N, fields: Partial<HTMLElementTagNameMap[N]>) => HTMLElementTagNameMap[N]} */
  const make = (name, fields) => Object.assign(document.createElement(name), fields);

  /** @type {<A extends unknown[]>(run: (...args: A) => void, ms: number) => (...args: A) => void} */
  const debounce = (run, ms) => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    return (...args) => {
      clearTimeout(timer);
      timer = setTimeout(() => run(...args), ms);
    };
  };

  /** @type {(form: HTMLFormElement) => string} */
  const addressOf = (form) => form.getAttribute("action") ?? "";

  /** @type {(form: HTMLFormElement) => URLSearchParams} */
  const bodyOf = (form) => {
    const body = new URLSearchParams(form.dataset.validee === undefined ? {} : { tout: "1" });
    for (const [nom, texte] of new FormData(form)) if (typeof texte === "string") body.append(nom, texte);
    return body;
  };

  /** @type {(form: HTMLFormElement, suite: string) => Promise<Response | undefined>} */
  const post = (form, suite) =>
    fetch(`${addressOf(form)}/${suite}`, { method: "POST", body: bodyOf(form) }).catch(() => undefined);

  /** The part of the form that is in sight. */
  let inSight = "";
  const markPlan = () => {
    for (const link of all(document, "[data-plan] a")) {
      if (link.getAttribute("href") === inSight) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  const form = document.querySelector("form[data-formulaire]");
  if (form instanceof HTMLFormElement) start(form);
  document.getElementById("bandeau")?.focus();

  /** @param {HTMLFormElement} form */
  function start(form) {
    for (const input of all(form, "[data-limite]")) count(input);
    for (const input of all(form, "[data-date]")) addCalendar(input);
    const drafts = keepDrafts(form);
    const check = debounce(() => verify(form), 900);
    const changed = () => {
      drafts.changed();
      check();
    };
    form.addEventListener("input", ({ target }) => {
      if (!isField(target)) return;
      if (target.dataset.limite !== undefined) count(target);
      if (target.dataset.recherche !== undefined) return searchCertifications(target);
      if (/^formateurs\[\d+\]\.(?:siret|raison_sociale)$/.test(target.name)) suggestFormateurs(target);
      changed();
    });
    form.addEventListener("click", (event) => {
      const button = around(event.target, "[data-ajouter], [data-retirer]");
      if (button === undefined) return;
      event.preventDefault();
      if (button.dataset.ajouter === undefined) removeItem(button);
      else addItem(button);
      changed();
    });
    form.addEventListener("choix", changed);
    const seen = new IntersectionObserver(
      (entries) => {
        const id = entries.find(({ isIntersecting }) => isIntersecting)?.target.id;
        if (id !== undefined) inSight = `#${id}`;
        markPlan();
      },
      { rootMargin: "-10% 0px -75%" },
    );
    for (const part of all(form, ".partie")) seen.observe(part);
    verify(form);
  }

  /**
   * Says what the rules and the partners say of what is typed: each part of the answer takes its place on the page.
   * @param {HTMLFormElement} form
   */
  async function verify(form) {
    const answer = await post(form, "verifier");
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["data-plan", "data-partenaires"]) {
      const [here, there] = [first(document, `[${part}]`), first(page, `[${part}]`)];
      if (here !== undefined && there !== undefined && here.innerHTML !== there.innerHTML)
        here.innerHTML = there.innerHTML;
    }
    markPlan();
    const said = new Map(all(page, "[data-dits]").map((one) => [one.dataset.dits, one.innerHTML]));
    for (const place of all(form, "[data-dits]")) {
      const next = said.get(place.dataset.dits) ?? "";
      if (place.innerHTML !== next) place.innerHTML = next;
      const wrong = first(place, ".souci") !== undefined;
      around(place, ".saisie")?.classList.toggle("en-erreur", wrong);
      const input = document.getElementById(place.id.replace(/-dits$/, ""));
      if (wrong && isField(input)) input.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
    }
  }

  /**
   * Saves the working copy when something changed and when the page is left; nothing of it is published.
   * @param {HTMLFormElement} form
   */
  function keepDrafts(form) {
    let dirty = false;
    let busy = false;
    let stopped = false;
    let beats = 0;
    const told = first(document, "[data-enregistre]");

    /** @type {(text: string) => void} */
    const tell = (text) => told?.replaceChildren(text);

    async function save() {
      if (busy || stopped) return;
      [busy, dirty] = [true, false];
      const answer = await post(form, "brouillon");
      busy = false;
      if (answer === undefined) {
        dirty = true;
        return tell("Pas de connexion : votre saisie reste ici.");
      }
      const said = await answer.json().catch(() => ({}));
      showPresents(said.presents ?? []);
      if (!answer.ok) {
        stopped = true;
        return tell(said.message ?? "L'enregistrement automatique s'est arrêté : enregistrez vous-même.");
      }
      setValue(form, "revision", String(said.revision));
      for (const [nom, rang] of Object.entries(said.origines)) setValue(form, nom, String(rang));
      if (said.adresse !== addressOf(form)) moveTo(form, said.adresse);
      const online = form.dataset.enligne === undefined ? "" : ", sans publier";
      const partly = said.illisibles > 0 ? " (sauf ce qui n'a pas pu être lu)" : "";
      if (!dirty) tell(`Enregistré à ${said.heure}${online}${partly}`);
    }

    setInterval(() => {
      // Now and then a sign of life too, for those who open the same form.
      const alive = ++beats % 3 === 0 && form.dataset.nouvelle === undefined && !document.hidden;
      if (dirty || alive) save();
    }, 20_000);
    form.addEventListener("submit", () => {
      dirty = false;
    });
    addEventListener("pagehide", () => {
      if (dirty && !stopped) navigator.sendBeacon(`${addressOf(form)}/brouillon`, bodyOf(form));
    });
    return {
      changed() {
        if (!dirty && !stopped) tell("Modifications non enregistrées");
        dirty = true;
      },
    };
  }

  /** @type {(form: HTMLFormElement, nom: string, value: string) => void} */
  function setValue(form, nom, value) {
    const input = form.elements.namedItem(nom);
    if (input instanceof HTMLInputElement) input.value = value;
  }

  /**
   * A session that was just created has an address of its own from now on.
   * @type {(form: HTMLFormElement, adresse: string) => void}
   */
  function moveTo(form, adresse) {
    for (const button of all(document, '[form="formulaire"][formaction]'))
      button.setAttribute(
        "formaction",
        (button.getAttribute("formaction") ?? "").replace(addressOf(form), adresse),
      );
    form.setAttribute("action", adresse);
    delete form.dataset.nouvelle;
    history.replaceState(null, "", adresse);
  }

  /** @param {readonly string[]} noms */
  function showPresents(noms) {
    const place = first(document, "[data-presents]");
    if (place === undefined) return;
    const text = `${noms.join(", ")} ${noms.length > 1 ? "ont" : "a"} aussi ouvert cette fiche. Ce que l'un enregistre n'écrase jamais ce que l'autre a écrit : on vous le montrera.`;
    if (noms.length === 0) place.replaceChildren();
    else if (place.textContent !== text)
      place.replaceChildren(make("p", { className: "bandeau gris", textContent: text }));
  }

  /**
   * Characters typed, of those that there are; as the feed counts: a line break is written with a space before it.
   * @param {HTMLElement} input
   */
  function count(input) {
    const borne = first(document.getElementById(`${input.id}-aide`), ".borne");
    if (borne === undefined || !isField(input)) return;
    const max = Number(input.dataset.limite);
    const length = [...input.value.replaceAll("\n", " \n")].length;
    const sur = max.toLocaleString("fr-FR");
    borne.textContent =
      length === 0
        ? `${sur} caractères au plus.`
        : `${length.toLocaleString("fr-FR")} sur ${sur} caractères.`;
    borne.classList.toggle("proche", length > max * 0.7);
    borne.classList.toggle("depasse", length > max);
  }

  /**
   * A calendar beside a date, which can always be typed.
   * @param {HTMLElement} input
   */
  function addCalendar(input) {
    if (!(input instanceof HTMLInputElement) || typeof input.showPicker !== "function") return;
    const picker = make("input", { type: "date", tabIndex: -1, className: "calendrier" });
    picker.setAttribute("aria-hidden", "true");
    const button = make("button", {
      type: "button",
      className: "second ouvre-calendrier",
      textContent: "Calendrier",
    });
    button.addEventListener("click", () => {
      const [, jour, mois, annee] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(input.value.trim()) ?? [];
      picker.value = annee === undefined ? "" : `${annee}-${mois}-${jour}`;
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      if (picker.value === "") return;
      input.value = picker.value.split("-").reverse().join("/");
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const together = make("span", { className: "avec-calendrier" });
    input.replaceWith(together);
    together.append(input, picker, button);
  }

  /** @param {HTMLElement} button */
  function addItem(button) {
    const list = around(button, "[data-repetition]");
    const template = list?.querySelector(":scope > template");
    if (list === undefined || !(template instanceof HTMLTemplateElement)) return;
    const items = all(list, ":scope > [data-item]");
    const ranks = items.map((item) =>
      Number(/\[(\d+)\]/.exec(first(item, "[data-origine]")?.getAttribute("name") ?? "")?.[1] ?? -1),
    );
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("xrangx", String(Math.max(-1, ...ranks) + 1));
    const item = holder.content.firstElementChild;
    if (item === null) return;
    template.before(item);
    for (const input of all(item, "[data-date]")) addCalendar(input);
    button.hidden = items.length + 1 >= Number(list.dataset.max);
    first(item, "input:not([type=hidden]), select, textarea")?.focus();
  }

  /** @param {HTMLElement} button */
  function removeItem(button) {
    const add = first(around(button, "[data-repetition]"), "[data-ajouter]");
    around(button, "[data-item]")?.remove();
    add?.removeAttribute("hidden");
    add?.focus();
  }

  const MOTS = new Map([
    ["echue", "enregistrement échu"],
    ["a_venir", "enregistrement à venir"],
    ["habilite", "vous êtes habilité"],
    ["non_declaree", "habilitation non déclarée"],
  ]);

  /** @type {(parts: readonly (string | null | undefined)[]) => string} */
  const onOneLine = (parts) => parts.filter((part) => part).join(" · ");

  const searchCertifications = debounce(async (/** @type {Field} */ input) => {
    const [place, zone] = [
      first(around(input, ".chercher"), "[data-trouves]"),
      around(input, "[data-certifications]"),
    ];
    const trouves = await search(input.dataset.recherche ?? "", input.value);
    if (place === undefined || zone === undefined) return;
    propose(place, trouves, "Rien de trouvé. Laissez vide : elle est complétée au contrôle.", (one) => [
      one.intitule ?? "",
      onOneLine([
        one.numero,
        one.code_certifinfo == null ? "" : `Certif Info ${one.code_certifinfo}`,
        MOTS.get(one.enregistrement ?? ""),
        MOTS.get(one.habilitation ?? ""),
      ]),
      () => {
        chooseCertification(zone, one.numero ?? "", one.intitule ?? "");
        input.value = "";
        place.replaceChildren();
        input.focus();
      },
    ]);
  }, 300);

  /** @type {(zone: HTMLElement, numero: string, intitule: string) => void} */
  function chooseCertification(zone, numero, intitule) {
    const list = first(zone, ".choisies");
    const boxes = all(zone, ".choisies input").filter((one) => one instanceof HTMLInputElement);
    const known = boxes.find(({ value }) => value === numero);
    const max = Number(zone.dataset.max);
    if (known !== undefined) known.checked = true;
    else if (list !== undefined && boxes.filter(({ checked }) => checked).length < max) {
      const id = `choisie-${numero}`;
      const name = zone.dataset.certifications ?? "";
      const line = document.createElement("li");
      const label = make("label", { htmlFor: id });
      label.append(make("span", { className: "code", textContent: numero }), ` ${intitule}`);
      line.append(make("input", { type: "checkbox", name, value: numero, checked: true, id }), label);
      list.append(line);
    }
    const chosen = all(zone, ".choisies input:checked").length;
    const told = first(zone, "[data-compte]");
    if (told !== undefined) told.textContent = `${chosen} sur ${max} au plus. Décochez pour retirer.`;
    zone.dispatchEvent(new CustomEvent("choix", { bubbles: true }));
  }

  const suggestFormateurs = debounce(async (/** @type {Field} */ input) => {
    const item = around(input, "[data-item]");
    if (item === undefined) return;
    const trouves = await search("/gestion/formateurs", input.value);
    const place = first(item, "[data-trouves]") ?? document.createElement("div");
    place.dataset.trouves = "";
    place.setAttribute("aria-live", "polite");
    around(input, ".saisie")?.after(place);
    propose(place, trouves, "", (one) => [
      one.raison_sociale ?? "",
      onOneLine([one.siret, one.ville]),
      () => {
        for (const nom of ["siret", "raison_sociale"]) {
          const field = first(item, `[name$=".${nom}"]`);
          if (isField(field)) field.value = one[nom] ?? "";
        }
        place.replaceChildren();
        item.dispatchEvent(new CustomEvent("choix", { bubbles: true }));
      },
    ]);
  }, 300);

  /** @type {(adresse: string, q: string) => Promise<readonly Found[] | undefined>} */
  async function search(adresse, q) {
    if (q.trim().length < 3) return undefined;
    const headers = { accept: "application/json" };
    const answer = await fetch(`${adresse}?${new URLSearchParams({ q })}`, { headers }).catch(
      () => undefined,
    );
    return answer?.ok ? (await answer.json()).trouves : undefined;
  }

  /**
   * Shows what was found, each as a button.
   * @type {(place: HTMLElement, trouves: readonly Found[] | undefined, none: string, describe: Describe) => void}
   */
  function propose(place, trouves, none, describe) {
    if (trouves === undefined || trouves.length === 0) {
      const text = trouves === undefined ? "" : none;
      return place.replaceChildren(make("p", { className: "discret", textContent: text }));
    }
    const list = make("ul", { className: "trouves" });
    for (const one of trouves) {
      const [titre, detail, choose] = describe(one);
      const button = make("button", { type: "button", className: "trouve" });
      button.append(titre, make("small", { textContent: detail }));
      button.addEventListener("click", choose);
      const line = document.createElement("li");
      line.append(button);
      list.append(line);
    }
    place.replaceChildren(list);
  }
}
