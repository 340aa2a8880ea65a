import { type Contexte, type Entree, perimetre } from "../feed/index.ts";
import { type Notice, notice } from "../notices/index.ts";
import type { Session, Version } from "../published/contract/index.ts";
import { selected } from "../published/index.ts";
import type { Plan, Sortie } from "./sorties.ts";
import { entreeAt, type Unite } from "./unites.ts";
import { buildVariante, type Variante } from "./variante.ts";

/** A session that a stream does not hold, and why, coded. */
export interface Dehors {
  readonly session: string;
  readonly motif: string;
}

/** What one stream has to do with a unit, before anything is known of its validity. */
export interface Part {
  readonly sortie: Sortie;
  /** undefined when no session is in scope. */
  readonly variante: Variante | undefined;
  /** Sessions in scope, with the versions that this stream may show. */
  readonly dedans: ReadonlyMap<string, Version<Session>>;
  readonly dehors: readonly Dehors[];
  /** Sessions shown or not whose newest version still waits. */
  readonly enAttente: number;
}

export interface Preparation {
  readonly unite: Unite;
  readonly parts: readonly Part[];
  readonly variantes: readonly Variante[];
  readonly notices: readonly Notice[];
  /** Bytes written for it. */
  readonly octets: number;
}

/** What one watermark selects; watermarks that select the same share it. */
interface Lecture {
  readonly entree: Omit<Entree, "sessions">;
  readonly sessions: readonly Version<Session>[];
  readonly key: string;
}

/** Chooses for each stream which sessions are in its scope, and builds what is in the scope of at least one. Pure. */
export function prepare(unite: Unite, plan: Plan, contexte: Contexte): Preparation {
  const lectures = plan.watermarks.map((_, watermark) => lectureOf(unite, watermark));
  const scoped = plan.sorties.map((sortie) => scope(unite, sortie, lectures[sortie.watermark], plan));
  const variantes = new Map<string, Variante>();
  for (const lecture of lectures) {
    if (lecture === undefined || variantes.has(lecture.key)) continue;
    const wanted = scoped.filter(
      ({ sortie }) => sortie.fichier && lectures[sortie.watermark]?.key === lecture.key,
    );
    const sessions = lecture.sessions.filter(({ numero }) => wanted.some(({ dedans }) => dedans.has(numero)));
    if (sessions.length === 0) continue;
    const [connue] = variantes.values();
    variantes.set(lecture.key, buildVariante({ ...lecture.entree, sessions }, contexte, connue));
  }
  const built = [...variantes.values()];
  return {
    unite,
    parts: scoped.map((part) => ({
      ...part,
      variante:
        part.dedans.size === 0 ? undefined : variantes.get(lectures[part.sortie.watermark]?.key ?? ""),
    })),
    variantes: built,
    notices: lectures[0] === undefined ? missingOrganisme(unite) : [],
    octets: built.reduce((sum, variante) => sum + sizeOf(variante), 0),
  };
}

function lectureOf(unite: Unite, watermark: number): Lecture | undefined {
  const entree = entreeAt(unite, watermark);
  if (entree === undefined) return undefined;
  const sessions = unite.lot.sessions.flatMap((session) => selected(session, watermark) ?? []);
  const { action, organisme } = entree;
  const key = `${action.version} ${organisme.numero} ${organisme.version} ${sessions.map(({ numero, version }) => `${numero} ${version}`)}`;
  return { entree, sessions, key };
}

function scope(
  unite: Unite,
  sortie: Sortie,
  lecture: Lecture | undefined,
  plan: Plan,
): Omit<Part, "variante"> {
  const dedans = new Map<string, Version<Session>>();
  const dehors: Dehors[] = [];
  let enAttente = 0;
  for (const selection of unite.lot.sessions) {
    const newest = selected(selection, 0);
    const shown = selected(selection, sortie.watermark);
    if (newest !== undefined && newest !== shown) enAttente += 1;
    if (lecture === undefined || shown === undefined) {
      // Not read at all by the clock of the run: it is under another action now, which says what it is there.
      if (newest !== undefined) dehors.push({ session: selection.numero, motif: missing(unite) });
      continue;
    }
    const verdict = perimetre(sortie.profils[0], lecture.entree, shown, plan.jour, plan.profils);
    if (verdict.dans) dedans.set(shown.numero, shown);
    else dehors.push({ session: shown.numero, motif: verdict.motif.code.replaceAll("-", "_") });
  }
  return { sortie, dedans, dehors, enAttente };
}

/** Why a published session is not read for a stream: it waits, unless its organisme is not published. */
function missing(unite: Unite): string {
  return entreeAt(unite, 0) === undefined ? "organisme_absent" : "attente";
}

function missingOrganisme({ lot }: Unite): readonly Notice[] {
  const action = selected(lot.action, 0);
  if (action === undefined || !lot.premier) return [];
  const { organisme } = action.contenu;
  return [
    notice("organisme-inconnu", { path: "organisme", value: organisme, action: action.numero, organisme }),
  ];
}

function sizeOf({ tete, elements }: Variante): number {
  return elements.reduce((sum, { piece }) => sum + piece.xml.length, tete.before.length + tete.after.length);
}
