import type { Knex } from "knex";
import { parisTime } from "../calendar/index.ts";
import { ACCOMPAGNEMENT_VAE, DELAI_MENTION_CPF_MS, droitDe, momentsCpf } from "../feed/index.ts";
import { addDays } from "../lheo/index.ts";
import {
  demanderEdition,
  EDITION_DEMANDEE,
  ecrituresDuDernierJour,
  ecrituresDuPremierJour,
  readDroitsCpf,
  reading,
} from "../published/index.ts";

export interface Fenetre {
  /** Excluded. */
  readonly after: Date;
  readonly until: Date;
}

/** When the CPF mention of some session appears or disappears. */
export interface CpfMoments {
  /** Each once, in order. */
  readonly instants: readonly Date[];
  /** How many actions they concern, and the first few by number. */
  readonly actions: number;
  readonly exemples: readonly string[];
}

const EXEMPLES = 5;

/**
 * The instants in ]after, until] at which the CPF mention of some session appears or disappears (S75): 24 hours after
 * the first mise en ligne with a certification, and the midnights in Paris at which its validity, or the habilitation
 * of the OF, begins or is over. Of the certifications that the action announces; what a mise en ligne changes at once
 * (a register corrected, an OF declared late) is for the édition that the mise en ligne itself calls for.
 */
export async function cpfMoments(db: Knex, { after, until }: Fenetre): Promise<CpfMoments> {
  const instants = new Set<number>();
  const actions = new Set<string>();
  if (until > after) {
    await reading(db, async (trx) => {
      for await (const droit of readDroitsCpf(trx, fenetreDeDroits({ after, until }))) {
        const { cle, depuis, certification, habilitation } = droit;
        const moments = momentsCpf(
          { certifieeDepuis: depuis, certification, habilitation: droitDe(droit, cle, habilitation) },
          after,
          until,
        );
        for (const moment of moments) instants.add(moment.getTime());
        if (moments.length > 0) actions.add(droit.action);
      }
    });
  }
  return {
    instants: [...instants].sort((a, b) => a - b).map((ms) => new Date(ms)),
    actions: actions.size,
    exemples: [...actions].sort().slice(0, EXEMPLES),
  };
}

/** Where to look for rights that change in a window: wider than needed never harms, {@link momentsCpf} decides. */
function fenetreDeDroits({ after, until }: Fenetre) {
  const jours = minuits({ after, until });
  const before = (instant: Date) => new Date(instant.getTime() - DELAI_MENTION_CPF_MS);
  return {
    misEnLigne: { after: before(after), until: before(until) },
    debuts: jours.flatMap(ecrituresDuPremierJour),
    fins: jours.flatMap((jour) => ecrituresDuDernierJour(addDays(jour, -1))),
    sansHabilitation: ACCOMPAGNEMENT_VAE,
  };
}

/** Days in Paris that begin in the window. */
function minuits({ after, until }: Fenetre): readonly string[] {
  const dernier = parisTime(until).jour;
  const jours: string[] = [];
  for (let jour = addDays(parisTime(after).jour, 1); jour <= dernier; jour = addDays(jour, 1))
    jours.push(jour);
  return jours;
}

/**
 * The clock of what the feeds show now: that of the newest édition of the profile that is furthest behind. Undefined
 * before the first édition.
 */
async function horlogeDesFlux(db: Knex): Promise<Date | undefined> {
  const { rows } = await db.raw<{ rows: { horloge: Date | null }[] }>(
    `SELECT min(derniere.horloge) AS horloge FROM profil p CROSS JOIN LATERAL (
       SELECT e.horloge FROM edition e WHERE e.etat = 'faite' AND p.id = ANY (e.profils) ORDER BY e.id DESC LIMIT 1) derniere`,
  );
  return rows[0]?.horloge ?? undefined;
}

const RAISON = "mention-cpf";

/** Is the édition already asked for and not yet done? */
async function estDemandee(db: Knex): Promise<boolean> {
  const pending = await db("outbox")
    .where({ sujet: EDITION_DEMANDEE })
    .whereNull("done_at")
    .whereRaw("charge->>'raison' = ?", [RAISON])
    .first("id");
  return pending !== undefined;
}

/** Most instants written into an announcement. */
const ANNONCES = 20;

/**
 * Asks for an édition because the CPF mention of some sessions has changed since the last one, unless one is already
 * asked for.
 * @returns what was found; undefined when there was nothing to look for
 */
export async function demanderMentionsCpf(db: Knex, maintenant: Date): Promise<CpfMoments | undefined> {
  const after = await horlogeDesFlux(db);
  if (after === undefined || (await estDemandee(db))) return undefined;
  const found = await cpfMoments(db, { after, until: maintenant });
  if (found.instants.length > 0) {
    const { instants, actions, exemples } = found;
    const moments = instants.slice(0, ANNONCES).map((instant) => instant.toISOString());
    await demanderEdition(db, RAISON, { moments, actions, exemples });
  }
  return found;
}
