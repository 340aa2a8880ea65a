import { request } from "undici";
import { csrfOf } from "../../src/access/jeton.ts";
import { decoded, type useSite } from "./site.ts";

/** A page with a form in it, as a browser without script sees it. */
export interface PageAvecFormulaire {
  readonly status: number;
  readonly html: string;
  readonly adresse: string;
  /** What the form would send as it stands. */
  readonly champs: URLSearchParams;
}

/** Texts to type by name of the input; a list for boxes, undefined to take the input out. */
export type Saisie = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Someone who fills in forms: opens a page, changes some inputs, presses a button. */
export function navigateur(url: () => string, jeton: string) {
  const headers = { accept: "text/html", cookie: `offre-info=${jeton}` };
  const csrf = csrfOf(jeton);

  async function read(
    adresse: string,
    init: Parameters<typeof request>[1] = {},
  ): Promise<PageAvecFormulaire> {
    const answer = await request(`${url()}${adresse}`, { ...init, headers: { ...headers, ...init.headers } });
    const html = await answer.body.text();
    const location = answer.headers.location;
    if (answer.statusCode === 303) return read(String(location).replace(/#.*/, ""));
    return { status: answer.statusCode, html, adresse, champs: fieldsOf(html) };
  }

  const send = (adresse: string, body: URLSearchParams) =>
    read(adresse, {
      method: "POST",
      body: body.toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });

  return {
    ouvrir: (adresse: string) => read(adresse),
    /** Sends the form of a page with what is typed in it. */
    envoyer(
      page: PageAvecFormulaire,
      saisie: Saisie,
      { vers, bouton }: { vers?: string; bouton?: string } = {},
    ) {
      const body = new URLSearchParams(page.champs);
      for (const [nom, texte] of Object.entries(saisie)) {
        body.delete(nom);
        for (const one of texte === undefined ? [] : typeof texte === "string" ? [texte] : texte)
          body.append(nom, one);
      }
      if (bouton !== undefined) body.append("acte", bouton);
      return send(`${targetOf(page)}${vers ?? ""}`, body);
    },
    /** Presses a button that stands alone. */
    presser: (adresse: string, saisie: Record<string, string> = {}) =>
      send(adresse, new URLSearchParams({ ...saisie, _csrf: csrf })),
    /** What a script of the page is answered. */
    async demander(page: PageAvecFormulaire, suite: string, saisie: Record<string, string> = {}) {
      const body = new URLSearchParams(page.champs);
      for (const [nom, texte] of Object.entries(saisie)) body.set(nom, texte);
      const answer = await request(`${url()}${targetOf(page)}/${suite}`, {
        method: "POST",
        body: body.toString(),
        headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      });
      return { status: answer.statusCode, texte: await answer.body.text() };
    },
  };
}

/** Someone of a training body, before its forms. */
export async function entrer(
  site: Pick<ReturnType<typeof useSite>, "enter" | "url">,
  identifiant: string,
  structure = "OF1",
): Promise<ReturnType<typeof navigateur>> {
  const jeton = await site.enter(identifiant, "membre", { structure, profil: "catalogue" });
  return navigateur(() => site.url, jeton);
}

/** Where the form of the page is sent. */
const targetOf = ({ html, adresse }: PageAvecFormulaire): string =>
  /<form method="post" action="([^"]+)" id="formulaire"/.exec(html)?.[1] ?? adresse;

/** Names and values of the form of the page, the largest when there are several. */
function fieldsOf(html: string): URLSearchParams {
  const forms = [...html.matchAll(/<form[^>]*method="post"[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => form);
  const form = (forms.sort((a, b) => b.length - a.length)[0] ?? "").replaceAll(
    /<template[\s\S]*?<\/template>/g,
    "",
  );
  const fields = new URLSearchParams();
  if (/<fieldset class="tout" disabled/.test(form)) return fields;
  for (const [tag, input, area, text, select, options] of form.matchAll(
    /<input([^>]*)>|<textarea([^>]*)>([\s\S]*?)<\/textarea>|<select([^>]*)>([\s\S]*?)<\/select>/g,
  )) {
    const attributes = input ?? area ?? select ?? "";
    const inner = text ?? options ?? "";
    const name = attribute(attributes, "name");
    if (name === undefined) continue;
    const type = attribute(attributes, "type");
    if ((type === "radio" || type === "checkbox") && !/ checked\b/.test(attributes)) continue;
    if (tag.startsWith("<input")) fields.append(name, attribute(attributes, "value") ?? "");
    else if (tag.startsWith("<textarea")) fields.append(name, decoded(inner).replaceAll("\n", "\r\n"));
    else fields.append(name, attribute(/<option[^>]* selected[^>]*>/.exec(inner)?.[0] ?? "", "value") ?? "");
  }
  return fields;
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
  return found === undefined ? undefined : decoded(found);
}
