import { type Calendrier, parisTime, watermark } from "../calendar/index.ts";
import { type Profil, viaOf } from "../feed/index.ts";
import { CATALOGUE, type NoticeCode, ruleOf } from "../notices/index.ts";

/** One stream of an édition: the profiles whose scope, wait and rules are the same read the same bytes. */
export interface Sortie {
  /** From 0 in its plan. */
  readonly rang: number;
  /** At least one; the first stands for all. */
  readonly profils: readonly [Profil, ...Profil[]];
  /** Rank among the watermarks of the plan. */
  readonly watermark: number;
  /** A profile served by another one has a scope, no file. */
  readonly fichier: boolean;
}

/** What an édition has to make, decided before anything is read. */
export interface Plan {
  readonly sorties: readonly Sortie[];
  /** The first is the clock of the run itself: what is published, wait or not. */
  readonly watermarks: readonly [Date, ...Date[]];
  readonly maintenant: Date;
  /** Civil day in Paris, AAAAMMJJ. */
  readonly jour: string;
  /** Where a `via` finds the profile that serves it. */
  readonly profils: readonly Profil[];
}

/** Plans the streams of an édition for these profiles at this instant. */
export function planOf(profils: readonly Profil[], maintenant: Date): Plan {
  const watermarks: [Date, ...Date[]] = [maintenant];
  const groups = new Map<string, { rang: number; profils: [Profil, ...Profil[]]; watermark: number }>();
  for (const profil of profils) {
    const rank = rankOf(watermarks, waterMarkOf(profil, maintenant));
    const key = JSON.stringify([viaOf(profil), profil.perimetre, rank, rulesOf(profil)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rang: groups.size, profils: [profil], watermark: rank });
    else group.profils.push(profil);
  }
  const sorties = [...groups.values()].map((group) => ({
    ...group,
    fichier: viaOf(group.profils[0]) === undefined,
  }));
  return { sorties, watermarks, maintenant, jour: parisTime(maintenant).jour, profils };
}

/** Versions published after this instant wait for this profile. */
export function waterMarkOf(
  { attente, calendrier }: { readonly attente: number; readonly calendrier: Calendrier },
  maintenant: Date,
): Date {
  return watermark(maintenant, attente, calendrier);
}

function rankOf(watermarks: Date[], wanted: Date): number {
  const found = watermarks.findIndex((date) => date.getTime() === wanted.getTime());
  return found === -1 ? watermarks.push(wanted) - 1 : found;
}

/** Codes that set a record aside for this profile and not for all. */
function rulesOf({ id, regles_bloquantes }: Profil): readonly string[] {
  const named = (Object.keys(CATALOGUE) as NoticeCode[]).filter((code) =>
    ruleOf(code).bloquantPour?.includes(id),
  );
  return [...new Set([...named, ...regles_bloquantes])].sort();
}
