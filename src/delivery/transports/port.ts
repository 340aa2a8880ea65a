import type { Chrono } from "../chrono.ts";
import type { Outcome } from "../outcome.ts";

/** What is to leave, already claimed: the record of the attempt is written. */
export interface Envoi {
  /** The delivery, which is also the idempotency key. */
  readonly id: string;
  readonly epoch: number;
  /** When it was claimed, on the clock of the database: what a signature is dated with. */
  readonly instant: Date;
  readonly profil: string;
  readonly fichier: {
    /** Where the bytes are on this machine. */
    readonly path: string;
    readonly octets: number;
    /** Of these bytes, 64 hexadecimal digits. */
    readonly sha256: string;
    readonly gzip: boolean;
    /** Name that the partner sees. */
    readonly nom: string;
  };
  /** Of the XML, whatever is sent. */
  readonly sha256Xml: string;
  readonly formations: number;
  readonly sessions: number;
}

/** What a push looks at while it works. */
export interface Conduct {
  /** Aborted when we stop or when the delivery is not ours any more. */
  readonly signal: AbortSignal;
  /** Told of each phase as it begins. */
  readonly chrono: Chrono;
  /** Asked last, before what cannot be undone (a rename): is the delivery still ours? */
  stillOurs(): Promise<boolean>;
}

/**
 * Sends one file to one partner, once. Never throws: whatever happens is an outcome. Bounded in time and memory
 * whatever the partner does, and nothing half-made is left under a final name.
 */
export type Push = (envoi: Envoi, conduct: Conduct) => Promise<Outcome>;
