import { horloge } from "../../db/index.ts";
import { addDays, parisDay } from "../../lheo/index.ts";
import {
  type ActionSansSession,
  actionsSansSession,
  type Echeance,
  type Extrait,
  readEcheances,
  type SessionBientotPerimee,
  sessionsBientotPerimees,
} from "../../published/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { count, day, EXIT, Failure, print, printJson, table } from "../output.ts";

interface Options {
  readonly jours: string;
  readonly max: string;
  readonly json?: true;
}

/** `offre-info offre alertes`: exit 1 when an action has no session left or something is over. */
export async function offreAlertes(options: Options): Promise<void> {
  const jours = readNumber("--jours", options.jours, 366);
  const limit = readNumber("--max", options.max, 100_000);
  const context = readContext();
  await withDatabase(openDatabase(context), async ({ db }) => {
    const jour = parisDay(await horloge(db));
    const weeks = Math.max(0, ...context.config.alertExpiryWeeks);
    const sansSession = await actionsSansSession(db, limit);
    const bientot = await sessionsBientotPerimees(db, { jours, limit });
    const echeances = await readEcheances(db, addDays(jour, 7 * weeks));
    if (options.json === true) printJson({ jour, sansSession, bientot, echeances });
    else {
      const sections = [
        describeSansSession(sansSession),
        describeBientot(bientot, jours),
        describeEcheances(echeances, { jour, weeks, limit }),
      ];
      print(sections.join("\n\n"));
    }
    if (sansSession.nombre > 0 || echeances.some(({ fin }) => fin < jour)) process.exitCode = EXIT.negative;
  });
}

function readNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  throw new Failure(`${option} « ${text} » : attendu un nombre de 1 à ${count(most)}.`, EXIT.usage);
}

function describeSansSession({ nombre, premiers }: Extrait<ActionSansSession>): string {
  if (nombre === 0) return "Aucune action sans session.";
  return [
    `${compte(nombre, "action")} sans session, donc hors des flux. Ajoutez une session, ou archivez l'action.`,
    table(
      ["action", "organisme", "intitulé"],
      premiers.map(({ numero, organisme, intitule }) => [numero, organisme, intitule]),
    ),
    ...more(nombre, premiers.length),
  ].join("\n");
}

function describeBientot({ nombre, premiers }: Extrait<SessionBientotPerimee>, jours: number): string {
  if (nombre === 0) return `Aucune session ne disparaît dans les ${count(jours)} jours.`;
  return [
    `Fin de diffusion dans les ${count(jours)} jours pour ${compte(nombre, "session")} :`,
    table(
      ["session", "action", "fin", "disparaît le", ""],
      premiers.map(({ numero, action, fin, sort, derniere }) => [
        numero,
        action,
        fin.endsWith("00") ? fin : day(fin),
        day(sort),
        derniere ? "dernière session de l'action" : "",
      ]),
    ),
    ...more(nombre, premiers.length),
  ].join("\n");
}

function describeEcheances(
  echeances: readonly Echeance[],
  { jour, weeks, limit }: { readonly jour: string; readonly weeks: number; readonly limit: number },
): string {
  if (echeances.length === 0)
    return `Aucune certification ni habilitation annoncée ne se termine dans les ${count(weeks)} semaines.`;
  const shown = echeances.slice(0, limit);
  return [
    `Certifications ou habilitations annoncées par des actions, qui se terminent dans les ${count(weeks)} semaines ou sont terminées : ${count(echeances.length)}`,
    table(
      ["fin", "", "certification", "organismes", "actions"],
      shown.map(({ fin, certification, organisme, actions, organismes, exemples }) => [
        day(fin),
        fin < jour ? "terminée" : "",
        certification,
        organisme ?? named(organismes, exemples.organismes),
        named(actions, exemples.actions),
      ]),
    ),
    ...more(echeances.length, shown.length),
  ].join("\n");
}

const compte = (nombre: number, nom: string): string => `${count(nombre)} ${nom}${nombre > 1 ? "s" : ""}`;

const named = (nombre: number, exemples: readonly string[]): string =>
  `${count(nombre)} (${exemples.join(", ")}${nombre > exemples.length ? "…" : ""})`;

const more = (nombre: number, shown: number): string[] =>
  nombre > shown ? [`… et ${count(nombre - shown)} autres (--max pour en voir plus).`] : [];
