import type { Garde, Seuil } from "../../feed/index.ts";

/** Sessions in a feed, and those of them that would vanish without a recorded cause. */
export interface Disparitions {
  readonly avant: number;
  readonly sansCause: number;
}

/** All that the guard weighs for one profile. */
export interface Pesee {
  readonly profil: Disparitions;
  /** By OF; those that lose little may be left out. */
  readonly organismes: ReadonlyMap<string, Disparitions>;
  /** Of all the profiles of the édition, each session once. */
  readonly ensemble: Disparitions;
}

/** A threshold that is exceeded. */
export interface Raison extends Disparitions {
  readonly niveau: "profil" | "organisme" | "ensemble";
  /** Number of the OF, when it is one OF's. */
  readonly organisme?: string;
  readonly seuil: Seuil;
}

export type Verdict =
  | { readonly passe: true }
  | { readonly passe: false; readonly raisons: readonly [Raison, ...Raison[]] };

/** Does a feed pass, or would too much vanish from it without a recorded cause? Pure; every threshold exceeded is said. */
export function verdictGarde({ profil, organismes, ensemble }: Pesee, garde: Garde): Verdict {
  // What vanishes elsewhere is not for this profile to hold.
  if (profil.sansCause === 0) return { passe: true };
  const raisons = [
    ...reason("profil", profil, garde.profil),
    ...reason("ensemble", ensemble, garde.ensemble),
    ...[...organismes]
      .flatMap(([organisme, seen]) =>
        reason("organisme", seen, garde.organisme).map((one) => ({ ...one, organisme })),
      )
      .sort((a, b) => b.sansCause - a.sansCause || (a.organisme < b.organisme ? -1 : 1)),
  ];
  const [first, ...others] = raisons;
  return first === undefined ? { passe: true } : { passe: false, raisons: [first, ...others] };
}

function reason(niveau: Raison["niveau"], seen: Disparitions, seuil: Seuil): Raison[] {
  const { avant, sansCause } = seen;
  return sansCause >= seuil.sessions && sansCause > seuil.part * avant
    ? [{ niveau, avant, sansCause, seuil }]
    : [];
}

/** The reason in plain French, with what is allowed. */
export function phraseRaison({ niveau, organisme, avant, sansCause, seuil }: Raison): string {
  const what =
    niveau === "profil"
      ? "le profil"
      : niveau === "ensemble"
        ? "l'ensemble des profils"
        : `l'organisme ${organisme}`;
  return `${what} perdrait ${nombre(sansCause)} de ses ${nombre(avant)} sessions (${part(sansCause / avant)}) ; admis sans confirmation : moins de ${nombre(seuil.sessions)}, ou au plus ${part(seuil.part)}`;
}

const nombre = (value: number): string => NOMBRE.format(value);
const part = (value: number): string => PART.format(value);
const NOMBRE = new Intl.NumberFormat("fr-FR");
const PART = new Intl.NumberFormat("fr-FR", { style: "percent", maximumFractionDigits: 1 });
