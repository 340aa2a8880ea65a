import { type AsRead, type Coordonnees, type DictName, labelOf, textOf } from "../../../lheo/index.ts";
import type { Offre, OffreLue } from "../../../snapshot/index.ts";

/** One session as the public page tells it; a text that the feed does not really give is undefined. */
export interface Fiche {
  readonly session: string;
  readonly intitule: string;
  readonly organisme: string;
  readonly objectif: string | undefined;
  readonly contenu: string | undefined;
  readonly resultats: string | undefined;
  /** AAAAMMJJ of real days. */
  readonly debut: string | undefined;
  readonly fin: string | undefined;
  readonly permanente: boolean;
  readonly heures: number | undefined;
  /** Euros; 0 is free. */
  readonly prix: string | undefined;
  /** dict-modalites-enseignement. */
  readonly enseignement: string | undefined;
  readonly niveauDeSortie: string | undefined;
  readonly certifications: readonly string[];
  readonly lieu: Lieu | undefined;
  readonly contact: Contact;
}

export interface Lieu {
  readonly lignes: readonly string[];
  readonly codePostal: string | undefined;
  readonly ville: string | undefined;
}

interface Contact {
  readonly telephone: string | undefined;
  readonly courriel: string | undefined;
  readonly web: string | undefined;
}

type Read = Parameters<typeof textOf>[0];

/** Reads an offer of a feed for the page of one of its sessions. */
export function ficheOf(offre: Offre, { tete, action }: OffreLue): Fiche {
  const organisme = tete["organisme-formation-responsable"];
  const session = action.session?.[0];
  const lieu = action["lieu-de-formation"]?.[0]?.coordonnees?.adresse;
  const contact = tete["contact-formation"]?.[0]?.coordonnees ?? {};
  const heures = Number(said(action["nombre-heures-total"]));
  return {
    session: offre.sessions[0] ?? "",
    intitule: said(tete["intitule-formation"]) ?? "Formation",
    organisme: said(organisme?.["nom-organisme"]) ?? said(organisme?.["raison-sociale"]) ?? "",
    objectif: said(tete["objectif-formation"]),
    contenu: said(tete["contenu-formation"]),
    resultats: said(tete["resultats-attendus"]),
    debut: realDay(session?.periode?.debut),
    fin: realDay(session?.periode?.fin),
    permanente: textOf(action["modalites-entrees-sorties"]) === "1",
    heures: heures > 0 ? heures : undefined,
    prix: said(action["prix-total-TTC"]),
    enseignement: said(action["modalites-enseignement"]),
    niveauDeSortie: coded("dict-niveaux", tete["code-niveau-sortie"]),
    certifications: (tete.certification ?? []).flatMap((one) => [
      ...prefixed("RNCP", one["code-RNCP"]),
      ...prefixed("RS", one["code-RS"]),
    ]),
    lieu:
      lieu === undefined
        ? undefined
        : {
            lignes: [lieu.denomination, ...(lieu.ligne ?? [])].flatMap((line) => said(line) ?? []),
            codePostal: said(lieu.codepostal),
            ville: said(lieu.ville),
          },
    contact: contactOf(contact),
  };
}

/** `-` and the like stand for what nobody knows. */
function said(leaf: Read): string | undefined {
  const text = textOf(leaf)?.trim();
  return text === undefined || /^(|-|\.|non renseigné)$/i.test(text) ? undefined : text;
}

function coded(dict: DictName, leaf: Read): string | undefined {
  const code = said(leaf);
  return code === undefined || code === "0" ? undefined : labelOf(dict, code);
}

const prefixed = (prefix: string, leaf: Read): readonly string[] => {
  const code = said(leaf);
  return code === undefined ? [] : [code.toUpperCase().startsWith(prefix) ? code : `${prefix}${code}`];
};

/** A day that is written whole and exists. */
function realDay(leaf: Read): string | undefined {
  const text = textOf(leaf) ?? "";
  const [, year = "", month = "", day = ""] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
  return exists && Number(year) < 9999 ? text : undefined;
}

function contactOf({ telfixe, portable, courriel, web }: AsRead<Coordonnees>): Contact {
  const url = said(web?.urlweb?.[0]);
  return {
    telephone: said(telfixe?.numtel?.[0]) ?? said(portable?.numtel?.[0]),
    courriel: said(courriel),
    // What others wrote becomes a link only when it is one.
    web: url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined,
  };
}
