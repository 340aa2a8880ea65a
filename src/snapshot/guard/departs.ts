import type { Knex } from "knex";
import type { Garde } from "../../feed/index.ts";
import { MOTIFS_DE_RETRAIT } from "../../published/contract/index.ts";
import { dernierJourSql } from "../../published/index.ts";
import { MOTIF_DE_SORTIE, type PresenceChange, withoutNestedLoops } from "../presence.ts";
import { SANS_CAUSE } from "./causes.ts";
import { type Disparitions, type Verdict, verdictGarde } from "./verdict.ts";

/** A profile whose feed is about to be replaced. */
export interface AJuger {
  readonly profil: string;
  /** Rank of its output in the run. */
  readonly sortie: number;
  /** Sessions in its feed now. */
  readonly avant: number;
  readonly garde: Garde;
}

/** What would leave the feed of a profile. */
export interface Jugement {
  readonly verdict: Verdict;
  readonly avant: number;
  /** Departures with a recorded cause, which nothing holds, and the others. */
  readonly avecCause: number;
  readonly sansCause: number;
}

/**
 * The departures of a run, kept on its connection beside the reading: they may be as many as the offer. The clock of the
 * run says which sessions are over.
 */
const CREATE = `
  CREATE TEMP TABLE edition_depart (
    profil text NOT NULL,
    session text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    session_version integer NOT NULL,
    action_version integer NOT NULL,
    organisme_version integer NOT NULL,
    motif text NOT NULL,
    organisme text COLLATE "C",
    cause text
  )`;

const FIND = `
  INSERT INTO edition_depart (profil, session, action, session_version, action_version, organisme_version, motif)
  SELECT o.profil, o.session, o.action, o.session_version, o.action_version, o.organisme_version, ${MOTIF_DE_SORTIE}
  FROM feed_presence o LEFT JOIN edition_lecture l ON l.sortie = :sortie AND l.session = o.session
  WHERE o.profil = :profil AND o.to_snapshot IS NULL AND (l.session IS NULL OR l.motif IS NOT NULL)`;

/** The OF is that of the feed: the reading may know it no more. */
const NAME = `
  UPDATE edition_depart d SET organisme = coalesce(
    (SELECT a.organisme FROM published_action a WHERE a.numero = d.action AND a.version = d.action_version), '')`;

const shown = (kind: string, numero: string): string =>
  `(SELECT v.retired_reason FROM published_${kind} v WHERE v.numero = ${numero} AND v.version = d.${kind}_version)`;

const synchronised = (kind: string, numero: string): string =>
  `EXISTS (SELECT 1 FROM published_${kind} v WHERE v.numero = ${numero} AND v.version > d.${kind}_version AND v.origine = 'sync')`;

/** From the surest to the least: a session that is over leaves rightly, whatever else is said of it. */
const EXPLAIN = `
  UPDATE edition_depart d SET cause = CASE
    WHEN (SELECT ${dernierJourSql("s.fin")} < :jour FROM published_session s
           WHERE s.numero = d.session AND s.version = d.session_version) THEN 'session_terminee'
    WHEN EXISTS (SELECT 1 FROM feed_retenue r JOIN feed_retenue_session x ON x.retenue_id = r.id
                  WHERE r.id = ANY(:acceptees::bigint[]) AND r.profil = d.profil AND x.session = d.session) THEN 'acceptee'
    WHEN d.motif IN ('absente', 'ecartee') THEN d.motif
    WHEN d.motif = 'organisme_absent' THEN coalesce(
      (SELECT o.retired_reason FROM published_organisme o
        WHERE o.numero = (SELECT a.organisme FROM published_action a WHERE a.numero = d.action AND a.retired_at IS NULL
                          ORDER BY a.version DESC LIMIT 1)
        ORDER BY o.version DESC LIMIT 1), d.motif)
    WHEN d.motif = 'attente' THEN CASE WHEN 'absent_de_la_source' IN
      (${shown("session", "d.session")}, ${shown("action", "d.action")}, ${shown("organisme", "d.organisme")})
      THEN 'absent_de_la_source' ELSE d.motif END
    WHEN d.motif = ANY(:retraits) THEN d.motif
    WHEN ${synchronised("session", "d.session")} OR ${synchronised("action", "d.action")}
      OR ${synchronised("organisme", "d.organisme")} THEN 'perimetre_source'
    ELSE 'perimetre' END`;

/** A scope has a word of its own for a session that is over by a new version: that one is not its date's doing. */
const RETRAITS = MOTIFS_DE_RETRAIT.filter((motif) => motif !== "session_terminee");

/**
 * Finds what would leave each feed and why, and judges it. What was found stays on the connection for
 * {@link recordDepartures} and {@link holdFeed}.
 * @param trx on the connection that holds the reading of the run
 * @param jour civil day of the run, AAAAMMJJ
 * @param acceptees holds whose departures an operator has accepted
 */
export async function judgeDepartures(
  trx: Knex.Transaction,
  profils: readonly AJuger[],
  { jour, acceptees }: { readonly jour: string; readonly acceptees: readonly number[] },
): Promise<ReadonlyMap<string, Jugement>> {
  await trx.raw("DROP TABLE IF EXISTS edition_depart");
  await trx.raw(CREATE);
  await withoutNestedLoops(trx);
  for (const { profil, sortie } of profils) await trx.raw(FIND, { profil, sortie });
  await trx.raw("SET LOCAL enable_nestloop = on");
  await trx.raw(NAME);
  await trx.raw("ANALYZE edition_depart");
  await trx.raw(EXPLAIN, { jour, acceptees: [...acceptees], retraits: RETRAITS });
  const lost = await readLost(trx);
  const ensemble = await readEnsemble(trx, profils);
  const judged = new Map<string, Jugement>();
  for (const { profil, avant, garde } of profils) {
    const own = lost.filter((row) => row.profil === profil);
    const sansCause = sum(own.map((row) => row.sansCause));
    const organismes = await readOrganismes(
      trx,
      profil,
      own.filter((row) => row.sansCause >= garde.organisme.sessions),
    );
    judged.set(profil, {
      verdict: verdictGarde({ profil: { avant, sansCause }, organismes, ensemble }, garde),
      avant,
      sansCause,
      avecCause: sum(own.map((row) => row.avecCause)),
    });
  }
  return judged;
}

interface Lost {
  readonly profil: string;
  readonly organisme: string;
  readonly sansCause: number;
  readonly avecCause: number;
}

async function readLost(trx: Knex.Transaction): Promise<readonly Lost[]> {
  const { rows } = await trx.raw<{ rows: Lost[] }>(
    `SELECT profil, organisme, (count(*) FILTER (WHERE cause = ANY(:sansCause)))::int AS "sansCause",
       (count(*) FILTER (WHERE cause <> ALL(:sansCause)))::int AS "avecCause"
     FROM edition_depart GROUP BY profil, organisme`,
    { sansCause: SANS_CAUSE },
  );
  return rows;
}

/** Over all these profiles, each session once; not even counted while nothing vanishes. */
async function readEnsemble(trx: Knex.Transaction, profils: readonly AJuger[]): Promise<Disparitions> {
  const { rows: vanished } = await trx.raw<{ rows: { n: number }[] }>(
    "SELECT count(DISTINCT session)::int AS n FROM edition_depart WHERE cause = ANY(?)",
    [SANS_CAUSE],
  );
  const sansCause = vanished[0]?.n ?? 0;
  if (sansCause === 0) return { avant: 0, sansCause };
  const { rows } = await trx.raw<{ rows: { n: number }[] }>(
    "SELECT count(DISTINCT session)::int AS n FROM feed_presence WHERE to_snapshot IS NULL AND profil = ANY(?)",
    [profils.map(({ profil }) => profil)],
  );
  return { avant: rows[0]?.n ?? 0, sansCause };
}

async function readOrganismes(
  trx: Knex.Transaction,
  profil: string,
  lost: readonly Lost[],
): Promise<ReadonlyMap<string, Disparitions>> {
  if (lost.length === 0) return new Map();
  const { rows } = await trx.raw<{ rows: { organisme: string; avant: number }[] }>(
    `SELECT a.organisme, count(*)::int AS avant
     FROM feed_presence o JOIN published_action a ON a.numero = o.action AND a.version = o.action_version
     WHERE o.profil = ? AND o.to_snapshot IS NULL AND a.organisme = ANY(?) GROUP BY 1`,
    [profil, lost.map(({ organisme }) => organisme)],
  );
  const before = new Map(rows.map(({ organisme, avant }) => [organisme, avant]));
  return new Map(
    lost.map(({ organisme, sansCause }) => [organisme, { avant: before.get(organisme) ?? 0, sansCause }]),
  );
}

/** Where a session that leaves rightly stands in the feed that stays. */
export interface Depart {
  readonly session: string;
  /** Number that the feed gave its action, when it is not derived from that of the session. */
  readonly numeroAction: string | null;
}

/**
 * Departures with a recorded cause: they leave even a feed that is held.
 * @param trx as for {@link judgeDepartures}
 */
export async function readRecorded(trx: Knex.Transaction, profil: string): Promise<readonly Depart[]> {
  const { rows } = await trx.raw<{ rows: Depart[] }>(
    `SELECT d.session, (SELECT s.contenu->>'numero_action_lheo' FROM published_session s
        WHERE s.numero = d.session AND s.version = d.session_version) AS "numeroAction"
     FROM edition_depart d WHERE d.profil = :profil AND d.cause <> ALL(:sansCause)`,
    { profil, sansCause: SANS_CAUSE },
  );
  return rows;
}

/**
 * Records that only the departures with a recorded cause took place between the previous snapshot and this one.
 * @param trx as for {@link judgeDepartures}
 */
export async function recordDepartures(
  trx: Knex.Transaction,
  where: { readonly profil: string; readonly snapshot: number },
): Promise<PresenceChange> {
  await withoutNestedLoops(trx);
  const { rows } = await trx.raw<{ rows: { motif: string; nombre: number }[] }>(
    `WITH sortie AS (
       UPDATE feed_presence p SET to_snapshot = :snapshot, motif_sortie = d.motif FROM edition_depart d
       WHERE p.profil = :profil AND p.to_snapshot IS NULL AND d.profil = :profil AND d.session = p.session
         AND d.cause <> ALL(:sansCause) RETURNING p.motif_sortie)
     SELECT motif_sortie AS motif, count(*)::int AS nombre FROM sortie GROUP BY 1`,
    { ...where, sansCause: SANS_CAUSE },
  );
  return {
    entrees: 0,
    modifiees: 0,
    sorties: Object.fromEntries(rows.map(({ motif, nombre }) => [motif, nombre])),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
