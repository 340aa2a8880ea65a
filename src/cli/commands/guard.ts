import type { Knex } from "knex";
import {
  CAUSES,
  heldSessions,
  openHolds,
  phraseRaison,
  type Retenue,
  refuseGuard,
  releaseGuard,
  type SessionRetenue,
} from "../../snapshot/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur, agree, done } from "../operateur.ts";
import { count, EXIT, Failure, instant, plain, print, printJson, say } from "../output.ts";

/** Sessions shown of each OF, and OF shown, unless all are asked for. */
const SESSIONS_SHOWN = 5;
const ORGANISMES_SHOWN = 20;

/** `offre-info guard list`: exit 1 when a feed is held. */
export async function guardList(options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const holds = await openHolds(db);
    if (options.json === true) printJson(holds);
    else if (holds.length === 0) print("Aucun flux n'est retenu.");
    else for (const hold of holds) print(describe(hold));
    if (holds.length > 0) process.exitCode = EXIT.negative;
  });
}

/** `offre-info guard show`: what would vanish, by OF. */
export async function guardShow(
  profil: string,
  options: { all?: true; csv?: true; json?: true },
): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const hold = await findHold(db, profil);
    const sessions = await heldSessions(db, hold.id);
    if (options.json === true) printJson({ ...hold, sessions });
    else if (options.csv === true) print(csvOf(sessions));
    else print([describe(hold), "", ...describeSessions(sessions, options.all === true)].join("\n"));
  });
}

/** `offre-info guard release|refuse`: what is confirmed is the list that was seen. */
export async function guardDecide(
  verb: "release" | "refuse",
  profil: string,
  options: { motif: string; yes?: true },
): Promise<void> {
  const { act, effect } = VERBS[verb];
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const hold = await findHold(db, profil);
    const { sansCause: sessions } = hold;
    say(describe(hold));
    if (!(await agree(`${effect(profil, count(sessions))} Continuer ?`, options.yes === true))) return;
    done(await act(db, { profil, acteur: acteur(), motif: options.motif, sessions }));
    print(effect(profil, count(sessions)));
  });
}

const VERBS = {
  release: {
    act: releaseGuard,
    effect: (profil: string, sessions: string) =>
      `Les ${sessions} sessions retenues quittent le flux « ${profil} » à la prochaine édition, demandée aussitôt, avec ce qui a été publié depuis.`,
  },
  refuse: {
    act: refuseGuard,
    effect: (profil: string, sessions: string) =>
      `Aucune des ${sessions} sessions retenues ne quitte le flux « ${profil} » : la prochaine édition, demandée aussitôt, juge de nouveau.`,
  },
} as const;

async function findHold(db: Knex, profil: string): Promise<Retenue> {
  const holds = await openHolds(db);
  const found = holds.find((hold) => hold.profil === profil);
  if (found !== undefined) return found;
  const held = holds.map((hold) => hold.profil).join(", ");
  throw new Failure(
    `La garde ne retient pas le flux du profil « ${profil} ». ${held === "" ? "Aucun flux n'est retenu." : `Flux retenus : ${held}.`}`,
    EXIT.negative,
  );
}

function describe({
  profil,
  nom,
  depuis,
  edition,
  derniereEdition,
  raisons,
  avant,
  sansCause,
}: Retenue): string {
  const judged = derniereEdition === edition ? "" : `, jugé encore par l'édition n° ${derniereEdition}`;
  return [
    `${nom} (${profil}) : retenu depuis le ${instant(depuis)}, édition n° ${edition}${judged}.`,
    `  ${count(sansCause)} de ses ${count(avant)} sessions disparaîtraient sans cause enregistrée :`,
    ...raisons.map((raison) => `  - ${phraseRaison(raison)}`),
    `  Laisser partir : offre-info guard release ${profil} --motif "…"`,
  ].join("\n");
}

function describeSessions(sessions: readonly SessionRetenue[], all: boolean): readonly string[] {
  const organismes = grouped(sessions, "organisme");
  const shown = all ? organismes : organismes.slice(0, ORGANISMES_SHOWN);
  return [
    "Par cause :",
    ...grouped(sessions, "cause").map(
      (ones) => `  ${count(ones.length)} ${ones[0] === undefined ? "" : CAUSES[ones[0].cause].libelle}`,
    ),
    "Par organisme :",
    ...shown.flatMap((ones) => describeOrganisme(ones, all)),
    ...(shown.length < organismes.length
      ? [
          `  … et ${count(organismes.length - shown.length)} autres organismes (--all pour tout voir, --csv pour un tableur).`,
        ]
      : []),
  ];
}

/** In the order in which each value is first met. */
function grouped(
  sessions: readonly SessionRetenue[],
  key: "organisme" | "cause",
): readonly (readonly SessionRetenue[])[] {
  const groups = new Map<string, SessionRetenue[]>();
  for (const one of sessions) {
    const group = groups.get(one[key]);
    if (group === undefined) groups.set(one[key], [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function describeOrganisme(sessions: readonly SessionRetenue[], all: boolean): readonly string[] {
  const [first] = sessions;
  const shown = all ? sessions : sessions.slice(0, SESSIONS_SHOWN);
  const left = sessions.length - shown.length;
  return [
    `  ${first?.organisme ?? ""} ${plain(first?.nomOrganisme ?? "")} : ${count(sessions.length)}`,
    ...shown.map(
      ({ session, intitule, cause }) => `    ${session}  ${plain(intitule)} (${CAUSES[cause].libelle})`,
    ),
    ...(left > 0 ? [`    … et ${count(left)} autres`] : []),
  ];
}

const COLUMNS = ["organisme", "nom_organisme", "action", "intitule", "session", "cause"] as const;

/** Semicolons, as spreadsheets in French expect. */
function csvOf(sessions: readonly SessionRetenue[]): string {
  const rows = sessions.map(({ organisme, nomOrganisme, action, intitule, session, cause }) =>
    [organisme, nomOrganisme, action, intitule, session, CAUSES[cause].libelle].map(cell).join(";"),
  );
  return [COLUMNS.join(";"), ...rows].join("\n");
}

/** A cell that begins like a formula is not to be computed by whoever opens it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
