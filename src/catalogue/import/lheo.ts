import { lireFormation, type OffreImportee, readSource } from "../../import/index.ts";
import type { Action, Session } from "../../published/contract/index.ts";
import { zBrouillonAction, zBrouillonSession } from "../contenu.ts";
import type { FormationLue } from "./formation.ts";

/**
 * The formations of an LHEO 2.2 or 2.3 file, one in memory at a time.
 * @throws {ImportError} a file that is no offer, or cannot be read
 */
export async function* readLheo(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FormationLue> {
  for await (const event of readSource(bytes))
    if (event.kind === "formation") yield formationOf(event.xml, event.line);
}

function formationOf(xml: string, ligne: number): FormationLue {
  const { offre, notices } = lireFormation(xml, ligne);
  // Said once each, the gravest first: the form says the rest again when the draft is opened.
  const said = [...notices].sort((a, b) => rankOf(a.severity) - rankOf(b.severity));
  const remarques = [...new Set(said.map(({ message }) => message))].slice(0, REMARQUES);
  if (offre === undefined)
    return { ligne, numero: "", intitule: "", organismes: [], brouillon: undefined, remarques };
  const { action, organisme } = offre;
  const common = {
    ligne,
    numero: action.numero,
    intitule: action.contenu.intitule,
    organismes: [organisme.numero, organisme.contenu.siret],
  };
  return action.contenu.conventionnee
    ? { ...common, brouillon: undefined, remarques: [CONVENTIONNEE] }
    : { ...common, brouillon: brouillonOf(offre), remarques: [...remarques, ...reste(offre)] };
}

const REMARQUES = 8;
const CONVENTIONNEE = "Elle est conventionnée : elle vient de son financeur, et ne s'importe pas ici.";
const SEVERITIES = ["bloquant", "avertissement", "information"];
const rankOf = (severity: string): number => SEVERITIES.indexOf(severity);

/** Numbers of others, their dates, and what no form shows stay in the file. */
function brouillonOf({ action, sessions }: OffreImportee): NonNullable<FormationLue["brouillon"]> {
  return {
    action: zBrouillonAction.parse(fieldsOfForm(action.contenu)),
    sessions: sessions.map(({ contenu }) => zBrouillonSession.parse(fieldsOfForm(contenu))),
  };
}

const HORS_FICHE: ReadonlySet<string> = new Set([
  "organisme",
  "conventionnee",
  "action",
  "numero_lheo",
  "numero_action_lheo",
  "datecrea",
  "datemaj",
  "tel_quel",
]);

const fieldsOfForm = (contenu: Action | Session): object =>
  Object.fromEntries(Object.entries(contenu).filter(([champ]) => !HORS_FICHE.has(champ)));

function reste({ action, sessions }: OffreImportee): readonly string[] {
  const count = [action, ...sessions].reduce((sum, { contenu }) => sum + contenu.tel_quel.length, 0);
  return count === 0
    ? []
    : [
        `Le fichier contient des compléments que le formulaire ne connaît pas (${count}) : ils ne sont pas repris.`,
      ];
}
