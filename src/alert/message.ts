import { parisTime } from "../calendar/index.ts";
import { ALERTES, type Consigne } from "./codes.ts";

/** One alert, as its row has it. */
export interface Vue {
  readonly id: number;
  readonly cle: string;
  readonly code: string;
  readonly message: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
}

export type Transition = "ouverte" | "resolue";

/** A transition that is to be told to one channel. */
export interface Annonce {
  readonly alerte: Vue;
  readonly transition: Transition;
}

/** What a channel is given: the same whatever it is, so that two channels never say two things. */
export interface AlertMessage {
  /** `alerte-12-ouverte`: the same when it is sent again, so that whoever receives it can tell. */
  readonly id: string;
  /** `passagere`: it opened and closed before anyone was told. */
  readonly etat: "ouverte" | "resolue" | "passagere";
  readonly sujet: string;
  readonly texte: string;
  readonly alerte: Vue;
  /** How many times it opened among what this message tells. */
  readonly fois: number;
}

const INCONNUE: Consigne = { titre: "Alerte", remede: "Voyez le journal et la page d'exploitation." };

const PREFIX = { ouverte: "Alerte", resolue: "Résolu", passagere: "Passager" } as const;

/**
 * One message for transitions of the same key, however many: the newest says how things stand, the others are counted.
 * Pure.
 * @param annonces at least one
 */
export function messageOf(annonces: readonly Annonce[]): AlertMessage {
  const [last, ...earlier] = [...annonces].sort(newestFirst);
  if (last === undefined) throw new RangeError("nothing to tell");
  const { alerte, transition } = last;
  const opened = new Set(annonces.filter((one) => one.transition === "ouverte").map((one) => one.alerte.id));
  const etat = transition === "ouverte" ? "ouverte" : opened.has(alerte.id) ? "passagere" : "resolue";
  const fois = Math.max(1, opened.size);
  const { titre, remede } = consigneOf(alerte.code);
  const first = earlier.at(-1)?.alerte.opened_at ?? alerte.opened_at;
  const again = fois > 1 ? ` (${fois} fois depuis ${moment(first)})` : "";
  const texte = [
    alerte.message,
    "",
    `Depuis : ${moment(alerte.opened_at)}${again}`,
    ...(alerte.closed_at === null || etat === "ouverte"
      ? []
      : [`Terminé : ${moment(alerte.closed_at)}, après ${duration(alerte.opened_at, alerte.closed_at)}`]),
    etat === "ouverte" ? `Que faire : ${remede}` : "Que faire : rien, c'est terminé.",
    "",
    `Alerte n° ${alerte.id}, ${alerte.cle}. Toutes les alertes : offre-info alerts list`,
  ].join("\n");
  return {
    id: `alerte-${alerte.id}-${transition}`,
    etat,
    sujet: `[offre-info] ${PREFIX[etat]} : ${titre}${fois > 1 ? ` (${fois} fois)` : ""}`,
    texte,
    alerte,
    fois,
  };
}

/** Title and remedy of a code; an alert of an older version may have one that is no longer known. */
export function consigneOf(code: string): Consigne {
  return Object.hasOwn(ALERTES, code) ? ALERTES[code as keyof typeof ALERTES] : INCONNUE;
}

function newestFirst(a: Annonce, b: Annonce): number {
  return b.alerte.id - a.alerte.id || (b.transition === "resolue" ? 1 : -1);
}

/** `24/11/2026 à 10:32`, in Paris. */
function moment(at: Date): string {
  const { jour, heure } = parisTime(at);
  return `${jour.slice(6)}/${jour.slice(4, 6)}/${jour.slice(0, 4)} à ${heure.slice(0, 2)}:${heure.slice(2, 4)}`;
}

function duration(from: Date, to: Date): string {
  const minutes = Math.round((to.getTime() - from.getTime()) / 60_000);
  if (minutes < 1) return "moins d'une minute";
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} heures` : `${Math.round(minutes / 1440)} jours`;
}
