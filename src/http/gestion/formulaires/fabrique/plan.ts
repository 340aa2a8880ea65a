import type { Knex } from "knex";
import {
  type Auteur,
  type BrouillonSession,
  type FicheAction,
  type FicheSession,
  fabriquer,
  parsePeriodes,
  readSessions,
  type Saisies,
  similarSessions,
  voiesDe,
} from "../../../../catalogue/index.ts";
import { type Lieu, VOIES } from "../../../../published/contract/index.ts";
import { derniere } from "../corps.ts";

/** Sessions whose places and whose rest are proposed. */
const REGARDEES = 200;

/** A place where the action is already given. */
interface LieuConnu {
  readonly cle: string;
  readonly lieu: Lieu;
}

/** What sessions can be made of. */
export interface Matiere {
  readonly action: FicheAction;
  /** The latest first. */
  readonly modeles: readonly FicheSession[];
  readonly lieux: readonly LieuConnu[];
  readonly voies: ReturnType<typeof voiesDe>;
}

export async function readMatiere(db: Knex, auteur: Auteur, action: FicheAction): Promise<Matiere> {
  const { sessions } = await readSessions(db, auteur, action.id, { limit: REGARDEES });
  const lieux = new Map(
    sessions.flatMap(({ contenu }) => (contenu.lieux ?? []).map((lieu) => [cleDuLieu(lieu), lieu] as const)),
  );
  lieux.delete("");
  return {
    action,
    modeles: [...sessions].reverse(),
    lieux: [...lieux].map(([cle, lieu]) => ({ cle, lieu })),
    voies: voiesDe(action.cadre, undefined),
  };
}

/** A place as it reads, which also tells it from others. */
export function cleDuLieu({ coordonnees: { adresse } }: Lieu): string {
  if (adresse === null || adresse === undefined) return "";
  const parts = [adresse.denomination ?? "", ...adresse.lignes, `${adresse.code_postal} ${adresse.ville}`];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(", ");
}

/** A session to be, and the one that it may repeat. */
export interface Prevue {
  readonly contenu: BrouillonSession;
  readonly double: string | undefined;
}

/** The sessions that were asked for, or what of it cannot be read. */
export async function readPrevues(
  db: Knex,
  { action, modeles, lieux, voies }: Matiere,
  saisies: Saisies,
): Promise<{ readonly prevues: readonly Prevue[] } | { readonly refus: string }> {
  const periodes = parsePeriodes(derniere(saisies, "periodes"));
  if ("erreur" in periodes) return { refus: periodes.erreur };
  const asked = saisies.get("voies") ?? [];
  const chosen = VOIES.filter((voie) => asked.includes(voie) && voies.some(({ valeur }) => valeur === voie));
  const known = lieux.filter(({ cle }) => (saisies.get("lieux") ?? []).includes(cle)).map(({ lieu }) => lieu);
  const places = [...known, ...newPlace(saisies)];
  const missing = [
    ...(periodes.periodes.length === 0 ? ["les dates"] : []),
    ...(places.length === 0 ? ["un lieu (voie, code postal et ville)"] : []),
    ...(chosen.length === 0 ? ["une voie d'accès"] : []),
  ];
  if (missing.length > 0) return { refus: `Il manque ${missing.join(" et ")}.` };
  const modele = modeles.find(({ id }) => String(id) === derniere(saisies, "modele"))?.contenu ?? {};
  const contenus = fabriquer(modele, { ...periodes, lieux: places, voies: chosen });
  const doubles = await similarSessions(
    db,
    contenus.map((contenu, rang) => ({ id: -1 - rang, action_id: action.id, contenu })),
  );
  return {
    prevues: contenus.map((contenu, rang) => {
      const double = doubles.find(({ de }) => de === -1 - rang);
      return {
        contenu,
        double: double === undefined ? undefined : (double.reference ?? `brouillon ${double.id}`),
      };
    }),
  };
}

function newPlace(saisies: Saisies): readonly Lieu[] {
  const [voie, code_postal, ville] = ["lieu_voie", "lieu_code_postal", "lieu_ville"].map((nom) =>
    derniere(saisies, nom).trim(),
  );
  if (!voie || !code_postal || !ville) return [];
  const adresse = { lignes: [voie], code_postal, ville };
  return [
    { principal: false, coordonnees: { lignes: [], telfixe: [], portable: [], fax: [], web: [], adresse } },
  ];
}
