import { z } from "zod";
import { monotonic } from "../calendar/index.ts";

/** What a push is made of; each way of sending has its own, in the order in which they come. */
export const PHASES = [
  /** A token is asked for, from another server. */
  "jeton",
  "dns",
  "tcp",
  "tls",
  /** The SSH connection, up to the proof that the host is the one that was pinned. */
  "ssh",
  "authentification",
  /** The bytes of the file leave. */
  "envoi",
  /** All has left, nothing has come back yet. */
  "attente",
  "reponse",
  /** The file is whole and takes its final name. */
  "renommage",
] as const;

export type NomPhase = (typeof PHASES)[number];

/** A part of a push; where it failed, the last one is where it stopped. */
export interface Phase {
  readonly nom: NomPhase;
  /** Milliseconds, to the tenth. */
  readonly ms: number;
}

/** Follows a push: a phase ends when the next one begins. */
export interface Chrono {
  enter(nom: NomPhase): void;
  /** Phases so far, the last one up to now. */
  phases(): readonly Phase[];
}

export function startChrono(): Chrono {
  const entered: { readonly nom: NomPhase; readonly at: number }[] = [];
  return {
    enter: (nom) => void entered.push({ nom, at: monotonic() }),
    phases() {
      const now = monotonic();
      return entered.map(({ nom, at }, rang) => ({
        nom,
        ms: Math.round(((entered[rang + 1]?.at ?? now) - at) * 10) / 10,
      }));
    },
  };
}

/** As an attempt keeps them: pairs, for there are a million attempts. */
export const phasesJson = (phases: readonly Phase[]): readonly (readonly [NomPhase, number])[] =>
  phases.map(({ nom, ms }) => [nom, ms]);

const zPhases = z.array(z.tuple([z.enum(PHASES), z.number().nonnegative()])).catch([]);

/** Phases that an attempt kept; none of one that kept none. @param detail of the attempt */
export function phasesOf({ phases }: Readonly<Record<string, unknown>>): readonly Phase[] {
  return zPhases.parse(phases).map(([nom, ms]) => ({ nom, ms }));
}
