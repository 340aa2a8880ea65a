import { type AsRead, attributeOf, type Coordonnees, type Leaf } from "../../lheo/index.ts";
import type { NoticeCode } from "../../notices/index.ts";
import { champ } from "../champs.ts";
import { checkAdresse } from "./adresse.ts";
import { type Constats, chaque, texte } from "./constats.ts";
import { memo } from "./memo.ts";
import { checkRemplissage } from "./textes.ts";

type Contact = {
  readonly "@"?: Readonly<Record<string, string>> | undefined;
  readonly coordonnees?: AsRead<Coordonnees> | undefined;
};

/** The contacts of a record: each can be reached, one at most is the main one. */
export function checkContacts(
  constats: Constats,
  contacts: readonly Contact[] | undefined,
  path: string,
): void {
  if (contacts === undefined) return;
  chaque(contacts, path, ({ coordonnees }, at) => {
    if (coordonnees === undefined) return;
    checkCoordonnees(constats, coordonnees, `${at}/coordonnees`);
    if (!joignable(coordonnees)) {
      const value = [coordonnees.prenom, coordonnees.nom].map(texte).join(" ").trim();
      constats.add("contact-injoignable", `${at}/coordonnees`, {
        value,
        champ: `Le contact ${champ(path.slice(path.lastIndexOf("/") + 1))}`,
      });
    }
  });
  checkPrincipal(constats, contacts, path);
}

/** `@tag="principal"`: on one item of a list. */
export function checkPrincipal(
  constats: Constats,
  items: readonly (string | { readonly "@"?: Readonly<Record<string, string>> | undefined })[],
  path: string,
): void {
  const principaux = items.filter((item) => attributeOf(item, "tag") === "principal").length;
  if (principaux > 1) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    constats.add("principal-multiple", path, { value: String(principaux), champ: champ(name) });
  }
}

function joignable({ telfixe, portable, courriel, web, adresse }: AsRead<Coordonnees>): boolean {
  return (
    telfixe !== undefined ||
    portable !== undefined ||
    courriel !== undefined ||
    web !== undefined ||
    adresse !== undefined
  );
}

/** How to reach someone. `partners`: see `checkAdresse`. */
export function checkCoordonnees(
  constats: Constats,
  coordonnees: AsRead<Coordonnees> | undefined,
  path: string,
  partners?: readonly string[],
): void {
  if (coordonnees === undefined) return;
  const { nom, prenom, courriel, adresse, telfixe, portable, fax, web } = coordonnees;
  if (nom !== undefined) checkRemplissage(constats, texte(nom), `${path}/nom`, "nom");
  if (prenom !== undefined) checkRemplissage(constats, texte(prenom), `${path}/prenom`, "prenom");
  if (courriel !== undefined) checkCourriel(constats, texte(courriel), `${path}/courriel`);
  checkNumtels(constats, telfixe?.numtel, `${path}/telfixe/numtel`);
  checkNumtels(constats, portable?.numtel, `${path}/portable/numtel`);
  checkNumtels(constats, fax?.numtel, `${path}/fax/numtel`);
  checkUrls(constats, web?.urlweb, `${path}/web/urlweb`);
  checkAdresse(constats, adresse, `${path}/adresse`, partners);
}

const COURRIEL =
  /^[\p{L}\d.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?(?:\.[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?)+$/u;
const COURRIEL_FACTICE =
  /^(?:test|tests|essai|xxx+|aaa+|noreply|no-reply)@|@(?:test|example|exemple|domaine)\.[a-z]+$|\.(?:test|invalid|localhost)$/i;

const defautCourriel = memo((value: string): NoticeCode | "" => {
  if (!COURRIEL.test(value)) return "courriel-forme";
  return COURRIEL_FACTICE.test(value) ? "courriel-factice" : "";
});

function checkCourriel(constats: Constats, value: string, path: string): void {
  const code = defautCourriel(value);
  if (code !== "") constats.add(code, path, { value });
}

const CHIFFRES = /\d/g;
/** What may stand between the digits. */
const TELEPHONE = /^\+?[\d\s().\-/–‑]+(?:\s*(?:poste|p\.|ext\.?)\s*\d+)?$/i;
const REPETES = /^(\d)\1+$/;
const FACTICES = new Set(["0123456789", "0102030405", "1234567890", "0606060606"]);

const defautTelephone = memo((value: string): NoticeCode | "" => {
  const chiffres = value.match(CHIFFRES)?.join("") ?? "";
  const court = /^(?:3\d{3}|1\d{1,3}|118\d{3})$/.test(chiffres);
  const long = chiffres.length >= 10 && chiffres.length <= 15;
  if (!TELEPHONE.test(value) || !(court || long || isOutreMer(value, chiffres))) return "telephone-forme";
  return REPETES.test(chiffres) || FACTICES.has(chiffres) ? "telephone-factice" : "";
});

function checkNumtels(constats: Constats, numtels: readonly Leaf[] | undefined, path: string): void {
  chaque(numtels, path, (leaf, at) => {
    const value = texte(leaf);
    const code = defautTelephone(value);
    if (code !== "") constats.add(code, at, { value });
  });
}

/** New Caledonia, Polynesia and others write six or eight digits. */
const isOutreMer = (value: string, chiffres: string): boolean =>
  /^[^+0]/.test(value) && (chiffres.length === 6 || chiffres.length === 8);

const SANS_PROTOCOLE = /^(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,}(?::\d+)?(?:[/?#]\S*)?$/u;

/** Web addresses; a scheme other than http is none, and a site would make a link of it. */
export function checkUrls(constats: Constats, urls: readonly Leaf[] | undefined, path: string): void {
  chaque(urls, path, (leaf, at) => checkUrl(constats, texte(leaf), at));
}

const defautUrl = memo((value: string): NoticeCode | "" => {
  if (!/^https?:\/\//i.test(value)) return SANS_PROTOCOLE.test(value) ? "url-sans-protocole" : "url-forme";
  const bonne = !/\s/.test(value) && URL.canParse(value) && /^https?:\/\/[^/]*[.:]/i.test(value);
  return bonne ? "" : "url-forme";
});

export function checkUrl(constats: Constats, value: string, path: string): void {
  const code = defautUrl(value);
  if (code !== "") constats.add(code, path, { value });
}
