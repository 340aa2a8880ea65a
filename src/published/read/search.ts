import type { Knex } from "knex";
import type { Voie } from "../contract/index.ts";
import { requeteDuTexte } from "./mots.ts";

/** A session as a list shows it, in its newest version, withdrawn or not. */
export interface SessionTrouvee {
  readonly numero: string;
  readonly action: string;
  readonly voie: Voie;
  /** AAAAMMJJ, partial or unknown ones included. */
  readonly debut: string;
  readonly fin: string;
  readonly ville: string | null;
  readonly retiree: boolean;
  /** null when its action, or the organisme, was never published. */
  readonly intitule: string | null;
  readonly organisme: string | null;
  readonly nomOrganisme: string | null;
}

export interface ActionTrouvee {
  readonly numero: string;
  readonly intitule: string;
  readonly retiree: boolean;
  readonly organisme: string;
  readonly nomOrganisme: string | null;
}

export interface OrganismeTrouve {
  readonly numero: string;
  readonly nom: string;
  readonly siret: string;
  readonly retire: boolean;
}

/** What a text may mean; each list cut at the limit. */
export interface Trouve {
  readonly sessions: readonly SessionTrouvee[];
  readonly actions: readonly ActionTrouvee[];
  readonly organismes: readonly OrganismeTrouve[];
}

/** Records that match words, looked at before the best are kept: common words match half the offer. */
const MATCHED = 300;

const SESSIONS = `SELECT s.numero, s.action, s.voie, s.debut, coalesce(s.fin, '') AS fin, s.ville, s.retiree,
    a.intitule, a.organisme, o.nom AS "nomOrganisme"
  FROM (:numeros:) n(numero)
  CROSS JOIN LATERAL (SELECT numero, action, contenu->>'voie' AS voie, contenu->>'debut' AS debut, fin,
      contenu #>> '{lieux,0,coordonnees,adresse,ville}' AS ville, retired_at IS NOT NULL AS retiree
    FROM published_session WHERE numero = n.numero ORDER BY version DESC LIMIT 1) s
  LEFT JOIN LATERAL (SELECT contenu->>'intitule' AS intitule, organisme
    FROM published_action WHERE numero = s.action ORDER BY version DESC LIMIT 1) a ON true
  LEFT JOIN LATERAL (SELECT contenu->>'nom' AS nom
    FROM published_organisme WHERE numero = a.organisme ORDER BY version DESC LIMIT 1) o ON true
  ORDER BY s.numero LIMIT :limit`;

const ACTIONS = `SELECT a.numero, a.intitule, a.retiree, a.organisme, o.nom AS "nomOrganisme"
  FROM (:numeros:) n(numero)
  CROSS JOIN LATERAL (SELECT numero, contenu->>'intitule' AS intitule, organisme, retired_at IS NOT NULL AS retiree
    FROM published_action WHERE numero = n.numero ORDER BY version DESC LIMIT 1) a
  LEFT JOIN LATERAL (SELECT contenu->>'nom' AS nom
    FROM published_organisme WHERE numero = a.organisme ORDER BY version DESC LIMIT 1) o ON true
  ORDER BY a.numero LIMIT :limit`;

const ORGANISMES = `SELECT o.* FROM (:numeros:) n(numero)
  CROSS JOIN LATERAL (SELECT numero, contenu->>'nom' AS nom, contenu->>'siret' AS siret, retired_at IS NOT NULL AS retire
    FROM published_organisme WHERE numero = n.numero ORDER BY version DESC LIMIT 1) o
  ORDER BY o.numero LIMIT :limit`;

/** Whole numbers, then those that begin so; numbers of others by how a feed shows them. */
function byNumber(kind: "session" | "action" | "organisme", lheo: readonly string[]): string {
  return [
    `SELECT numero FROM published_${kind} WHERE numero = ANY (:ecrits)`,
    `(SELECT DISTINCT numero FROM published_${kind} WHERE numero >= :debut AND numero < :apres ORDER BY numero LIMIT :limit)`,
    ...lheo.map(
      (field) =>
        `SELECT numero FROM published_${kind} WHERE contenu->>'${field}' IS NOT NULL
           AND (contenu->>'${field}') COLLATE "C" = ANY (:ecrits)`,
    ),
  ].join("\n UNION ");
}

const BY_CODE = ["siret", "numero_activite"]
  .map(
    (field) => `SELECT numero FROM published_organisme
      WHERE (contenu->>'${field}') COLLATE "C" >= :code AND (contenu->>'${field}') COLLATE "C" < :apresCode`,
  )
  .join("\n UNION ");

/** The best of what matches: the order of the index would be any. */
const byWords = (kind: "action" | "organisme", text: string): string => `
  SELECT numero FROM (SELECT numero, max(ts_rank(mots_cherches(${text}), to_tsquery('french', :mots))) AS rang
    FROM (SELECT numero, contenu FROM published_${kind}
      WHERE retired_at IS NULL AND mots_cherches(${text}) @@ to_tsquery('french', :mots) LIMIT ${MATCHED}) v
    GROUP BY numero) r ORDER BY rang DESC, numero LIMIT :limit`;

const INTITULE = "contenu->>'intitule'";
const NOM = "(contenu->>'nom') || ' ' || (contenu->>'raison_sociale')";

/**
 * Looks for what an operator typed: number of a session, of an action or of an organisme (whole, its beginning, or as
 * a feed shows it), SIRET, SIREN or déclaration d'activité, words of a title or of a name. Answered by indexes,
 * whatever the size of the offer.
 */
export async function searchOffre(db: Knex, text: string, limit = 20): Promise<Trouve> {
  const asked = text.trim().slice(0, 200);
  if (asked === "") return { sessions: [], actions: [], organismes: [] };
  const numbers = /\s/.test(asked) ? undefined : numbersOf(asked, limit);
  const code = codeOf(asked);
  const mots = requeteDuTexte(asked);
  const sessions =
    numbers === undefined
      ? []
      : await list<SessionTrouvee>(
          db,
          SESSIONS,
          byNumber("session", ["numero_lheo", "numero_action_lheo"]),
          numbers,
        );
  const actions = [
    ...(numbers === undefined
      ? []
      : await list<ActionTrouvee>(db, ACTIONS, byNumber("action", ["numero_lheo"]), numbers)),
    ...(mots === undefined
      ? []
      : await list<ActionTrouvee>(db, ACTIONS, byWords("action", INTITULE), { mots, limit })),
  ];
  const organismes = [
    ...(numbers === undefined
      ? []
      : await list<OrganismeTrouve>(db, ORGANISMES, byNumber("organisme", []), numbers)),
    ...(code === undefined ? [] : await list<OrganismeTrouve>(db, ORGANISMES, BY_CODE, { ...code, limit })),
    ...(mots === undefined
      ? []
      : await list<OrganismeTrouve>(db, ORGANISMES, byWords("organisme", NOM), { mots, limit })),
  ];
  return {
    sessions,
    actions: once(actions).slice(0, limit),
    organismes: once(organismes).slice(0, limit),
  };
}

/** One session as a list shows it; undefined when the number was never published. */
export async function findSession(db: Knex, numero: string): Promise<SessionTrouvee | undefined> {
  const [found] = await list<SessionTrouvee>(db, SESSIONS, "SELECT CAST(:numero AS text)", {
    numero,
    limit: 1,
  });
  return found;
}

interface Page {
  readonly limit: number;
  /** Last number of the page before. */
  readonly apres?: string | undefined;
}

/** Published sessions of an action, by number. */
export function sessionsOfAction(
  db: Knex,
  action: string,
  { limit, apres = "" }: Page,
): Promise<SessionTrouvee[]> {
  const numeros = `SELECT DISTINCT numero FROM published_session
    WHERE action = :action AND retired_at IS NULL AND numero > :apres ORDER BY numero LIMIT :limit`;
  return list(db, SESSIONS, numeros, { action, apres, limit });
}

/** Published actions of an organisme, by number. */
export function actionsOfOrganisme(
  db: Knex,
  organisme: string,
  { limit, apres = "" }: Page,
): Promise<ActionTrouvee[]> {
  const numeros = `SELECT DISTINCT numero FROM published_action
    WHERE organisme = :organisme AND retired_at IS NULL AND numero > :apres ORDER BY numero LIMIT :limit`;
  return list(db, ACTIONS, numeros, { organisme, apres, limit });
}

async function list<T>(
  db: Knex,
  sql: string,
  numeros: string,
  values: Readonly<Record<string, unknown>>,
): Promise<T[]> {
  const { rows } = await db.raw<{ rows: T[] }>(sql.replace(":numeros:", numeros), values);
  return rows;
}

/** After every text that begins with it. */
const LAST = "\u{10ffff}";

function numbersOf(asked: string, limit: number) {
  // As a feed shows a number of ours: the base stands in front of it.
  const bare = asked.slice(asked.indexOf("_") + 1);
  return { ecrits: [asked, bare], debut: bare, apres: `${bare}${LAST}`, limit };
}

/** Digits of a SIREN or more, spaces left out. */
function codeOf(asked: string) {
  const code = asked.replaceAll(/[\s.]/g, "").toUpperCase();
  return /^[0-9A-Z]{9,14}$/.test(code) && /\d{6}/.test(code)
    ? { code, apresCode: `${code}${LAST}` }
    : undefined;
}

const once = <T extends { readonly numero: string }>(found: readonly T[]): T[] => [
  ...new Map(found.map((one) => [one.numero, one])).values(),
];
