import type { Knex } from "knex";
import { closeAlert, openAlert } from "../../alert/index.ts";
import { SANS_CAUSE } from "./causes.ts";
import type { Jugement } from "./departs.ts";
import { phraseRaison, type Raison } from "./verdict.ts";

/** What the guard has under way for a profile. */
export interface Garde {
  /** Number of its open hold. */
  readonly ouverte: number | undefined;
  /** Holds that an operator released and whose departures have not taken place yet. */
  readonly acceptees: readonly number[];
}

const NOTHING: Garde = { ouverte: undefined, acceptees: [] };

/** What the guard has under way, by profile; every profile asked for is there. */
export async function readGardes(
  db: Knex,
  profils: readonly string[],
): Promise<{ readonly of: (profil: string) => Garde; readonly acceptees: readonly number[] }> {
  const rows: { id: number; profil: string; etat: string }[] = await db("feed_retenue")
    .whereIn("profil", [...profils])
    .whereRaw("(etat = 'retenue' OR (etat = 'liberee' AND appliquee_edition_id IS NULL))")
    .orderBy("id")
    .select("id", "profil", "etat");
  const found = new Map<string, Garde>();
  for (const { id, profil, etat } of rows) {
    const { ouverte, acceptees } = found.get(profil) ?? NOTHING;
    found.set(
      profil,
      etat === "retenue" ? { ouverte: id, acceptees } : { ouverte, acceptees: [...acceptees, id] },
    );
  }
  return {
    of: (profil) => found.get(profil) ?? NOTHING,
    acceptees: rows.filter(({ etat }) => etat === "liberee").map(({ id }) => id),
  };
}

export interface Hold {
  readonly profil: { readonly id: string; readonly nom: string };
  readonly edition: number;
  readonly jugement: Jugement;
  readonly raisons: readonly Raison[];
  /** The hold that was open when the édition judged. */
  readonly ouverte: number | undefined;
  /** Why what leaves rightly could not leave either, in French. */
  readonly empeche: string | undefined;
}

/**
 * Holds the feed of a profile, or says again why it is held: the list is that of the last édition. An operator who decided
 * since the édition judged is not contradicted: the édition that this decision asked for will judge.
 * @param trx on the connection that holds the departures of the run
 * @returns number of the hold; undefined when an operator decided meanwhile
 */
export async function holdFeed(trx: Knex.Transaction, hold: Hold): Promise<number | undefined> {
  const { profil, edition, jugement, raisons, ouverte } = hold;
  const said = {
    jugee_edition_id: edition,
    raisons: JSON.stringify(raisons),
    avant: jugement.avant,
    sans_cause: jugement.sansCause,
  };
  const [row] =
    ouverte === undefined
      ? await trx("feed_retenue").insert({ ...said, profil: profil.id, edition_id: edition }, ["id"])
      : await trx("feed_retenue").where({ id: ouverte, etat: "retenue" }).update(said, ["id"]);
  if (row === undefined) return undefined;
  const id: number = row.id;
  await trx("feed_retenue_session").where({ retenue_id: id }).delete();
  await trx.raw(
    `INSERT INTO feed_retenue_session (retenue_id, session, action, organisme, cause)
     SELECT :id, session, action, organisme, cause FROM edition_depart
     WHERE profil = :profil AND cause = ANY(:sansCause)`,
    { id, profil: profil.id, sansCause: SANS_CAUSE },
  );
  await openAlert(trx, {
    cle: alertKey(profil.id),
    code: "flux-retenu",
    message: messageOf(hold),
    detail: { retenue: id, edition, sansCause: jugement.sansCause, avant: jugement.avant },
  });
  return id;
}

/** At most so many reasons in a message: the list has them all. */
const SHOWN = 3;

function messageOf({ profil, edition, raisons, empeche }: Hold): string {
  const said = raisons.slice(0, SHOWN).map(phraseRaison).join(". De plus, ");
  const more = raisons.length > SHOWN ? ` (et ${raisons.length - SHOWN} autres raisons)` : "";
  const withdrawals =
    empeche === undefined
      ? "les retraits enregistrés continuent d'en sortir"
      : `les retraits n'ont pas pu en sortir : ${empeche}`;
  return `L'édition n° ${edition} retient le flux « ${profil.nom} » : ${said}${more}. Le flux d'avant reste en service ; ${withdrawals}.`;
}

/**
 * Ends the hold of a profile that passes again.
 * @returns true when there was one
 */
export async function liftHold(trx: Knex.Transaction, profil: string, edition: number): Promise<boolean> {
  const lifted = await trx("feed_retenue")
    .where({ profil, etat: "retenue" })
    .update({ etat: "levee", jugee_edition_id: edition, ended_at: trx.raw("horloge()") });
  if (lifted > 0) await closeAlert(trx, alertKey(profil));
  return lifted > 0;
}

/** The departures accepted in these holds have taken place, or need not any more. */
export async function spendAcceptances(
  trx: Knex.Transaction,
  retenues: readonly number[],
  edition: number,
): Promise<void> {
  if (retenues.length > 0)
    await trx("feed_retenue")
      .whereIn("id", [...retenues])
      .update({ appliquee_edition_id: edition });
}

/** Key of the alert of a profile that is held. */
export const alertKey = (profil: string): string => `garde:${profil}`;
