import { createHash } from "node:crypto";
import type { Knex } from "knex";
import type { Logger } from "../../log/index.ts";
import { type Etat, readEtat, type Sujet } from "./marque.ts";

/** What a page follows, as it was last seen. */
export interface Vue {
  /** Another one when something of what is followed has changed. */
  readonly marque: string;
  /** Alerts that are open. */
  readonly ouvertes: number;
}

type Ecoute = (vue: Vue) => void;

/**
 * Looks at the database for all those who follow a page in this process, one look for all of them, and only while there
 * is someone.
 */
export class Veille {
  readonly #db: Knex;
  readonly #log: Pick<Logger, "warn">;
  readonly #pause: number;
  readonly #suiveurs = new Map<Ecoute, readonly Sujet[]>();
  /** What this process alone knows: dry runs. */
  #essais = 0;
  #etat: Etat | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  /** @param pause between two looks, milliseconds */
  constructor(db: Knex, log: Pick<Logger, "warn">, pause: number) {
    this.#db = db;
    this.#log = log;
    this.#pause = pause;
  }

  /** Tells what there is as soon as it is known, then at each change of anything. @returns how to stop */
  follow(sujets: readonly Sujet[], ecoute: Ecoute): () => void {
    this.#suiveurs.set(ecoute, sujets);
    const vue = this.vue(sujets);
    if (vue !== undefined) ecoute(vue);
    if (this.#timer === undefined && !this.#looking) void this.#look();
    return () => {
      this.#suiveurs.delete(ecoute);
      if (this.#suiveurs.size === 0) this.#rest();
    };
  }

  /** What is known without looking: what was seen a moment ago, or nothing when nobody follows. */
  vue(sujets: readonly Sujet[]): Vue | undefined {
    const etat = this.#etat;
    if (etat === undefined) return undefined;
    const marques = { ...etat.marques, essais: String(this.#essais) };
    const all = sujets.map((sujet) => `${sujet} ${marques[sujet]}`).join("\n");
    return {
      marque: createHash("sha256").update(all).digest("base64url").slice(0, 16),
      ouvertes: etat.ouvertes,
    };
  }

  /** A dry run began or ended in this process. */
  essai(): void {
    this.#essais += 1;
    this.#tell();
  }

  /** Nobody is told anything any more. */
  stop(): void {
    this.#suiveurs.clear();
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What is not looked at grows old.
    this.#etat = undefined;
  }

  async #look(): Promise<void> {
    this.#looking = true;
    try {
      const etat = await readEtat(this.#db);
      if (this.#suiveurs.size > 0) this.#etat = etat;
      this.#tell();
    } catch (error) {
      // The next look finds what this one missed.
      this.#log.warn({ err: error }, "direct.look_failed");
    } finally {
      this.#looking = false;
    }
    if (this.#suiveurs.size > 0) this.#timer = setTimeout(() => void this.#look(), this.#pause).unref();
    else this.#rest();
  }

  #tell(): void {
    for (const [ecoute, sujets] of this.#suiveurs) {
      const vue = this.vue(sujets);
      if (vue !== undefined) ecoute(vue);
    }
  }
}
