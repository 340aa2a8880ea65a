// Keeps a page up to date: reads it again when the server says that something changed, and puts in place only what
// differs. Without this script a page is what it was when it was read.
(() => {
  /** @typedef {{ trigger(ou: Element, quoi: string): void, registerExtension(nom: string, quoi: object): void }} Htmx */
  const htmx = /** @type {Htmx} */ (Reflect.get(window, "htmx"));
  const chemin = document.body.dataset.direct;
  const contenu = document.getElementById("contenu");
  const ligne = document.getElementById("direct");
  const etat = ligne?.querySelector("span");
  const bouton = ligne?.querySelector("button");
  if (chemin === undefined || contenu === null || !ligne || !etat || !bouton) return;

  /** Longer than what the server takes to start again. */
  const ATTENTE_MS = 5_000;
  const PAUSE = "direct.pause";
  /** @type {EventSource | undefined} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reprise;
  /**
   * What was last seen: the server says at once whether there is something else since.
   * @type {string | undefined}
   */
  let vu;

  /**
   * @param {string} texte
   * @param {boolean} [suivie]
   */
  const dire = (texte, suivie = false) => {
    etat.textContent = texte;
    ligne.classList.toggle("suivie", suivie);
  };

  const fermer = () => {
    clearTimeout(reprise);
    source?.close();
    source = undefined;
  };

  const ouvrir = () => {
    fermer();
    if (document.hidden || enPause()) return;
    const url = new URL(chemin, location.href);
    if (vu !== undefined) url.searchParams.set("vu", vu);
    const ouverte = new EventSource(url);
    source = ouverte;
    ouverte.onopen = () => dire("En direct", true);
    ouverte.onerror = () => {
      dire("Liaison perdue, nouvel essai…");
      // The browser tries again by itself, unless it was refused.
      if (ouverte.readyState === EventSource.CLOSED) reprise = setTimeout(ouvrir, ATTENTE_MS);
    };
    ouverte.addEventListener("maj", ({ lastEventId }) => {
      vu = lastEventId;
      if (contenu.hasAttribute("hx-get")) htmx.trigger(contenu, "maj");
    });
    ouverte.addEventListener("alertes", ({ data }) => compter(Number(data)));
    ouverte.addEventListener("fin", () => {
      fermer();
      dire("Votre connexion est terminée : rechargez la page");
    });
  };

  /** @param {number} ouvertes */
  const compter = (ouvertes) => {
    const pastille = document.getElementById("alertes-ouvertes");
    const nombre = pastille?.firstElementChild;
    if (!pastille || !nombre) return;
    pastille.hidden = ouvertes === 0;
    nombre.textContent = String(ouvertes);
  };

  const enPause = () => sessionStorage.getItem(PAUSE) !== null;
  /** @param {boolean} pause */
  const suspendre = (pause) => {
    if (pause) sessionStorage.setItem(PAUSE, "oui");
    else sessionStorage.removeItem(PAUSE);
    bouton.textContent = pause ? "Reprendre" : "Suspendre";
    if (pause) {
      fermer();
      dire("Mises à jour suspendues");
    } else ouvrir();
  };

  // Where someone is typing, reading what they unfolded, or standing by the keyboard, nothing moves.
  /** @param {Element} noeud */
  const occupe = (noeud) =>
    (noeud.matches("form, li, tr, details") && noeud.contains(document.activeElement)) ||
    noeud.matches("details[open]");
  htmx.registerExtension("direct", {
    htmx_before_morph_node: (/** @type {Node} */ noeud) => !(noeud instanceof Element && occupe(noeud)),
  });

  bouton.addEventListener("click", () => suspendre(!enPause()));
  document.addEventListener("visibilitychange", () => (document.hidden ? fermer() : ouvrir()));
  addEventListener("pagehide", fermer);
  addEventListener("pageshow", ({ persisted }) => persisted && ouvrir());
  ligne.hidden = false;
  suspendre(enPause());
})();
