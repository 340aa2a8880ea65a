import { monotonic } from "../../../calendar/index.ts";
import type { EssaiABlanc } from "../../../delivery/index.ts";

/** A dry run, under way or over. */
export type EssaiEnCours =
  | { readonly etat: "en_cours" }
  | { readonly etat: "fait"; readonly ms: number; readonly bilan: EssaiABlanc }
  | { readonly etat: "echoue"; readonly message: string };

/** Dry runs of this process: one at a time, since each reads the whole offer; the last of each partner is kept. */
export class Essais {
  readonly #last = new Map<string, EssaiEnCours>();
  readonly #stopped = new AbortController();
  #running: Promise<void> | undefined;
  readonly #changed: () => void;

  /** @param changed told when one begins or ends */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  of(partner: string): EssaiEnCours | undefined {
    return this.#last.get(partner);
  }

  /** @returns false when one is already under way, of whichever partner */
  start(partner: string, run: (signal: AbortSignal) => Promise<EssaiABlanc>): boolean {
    if (this.#running !== undefined) return false;
    this.#last.set(partner, { etat: "en_cours" });
    this.#changed();
    this.#running = this.#follow(partner, run).finally(() => {
      this.#running = undefined;
    });
    return true;
  }

  /** Stops the one under way, if any, and waits for its end. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error("Le serveur s'arrête."));
    await this.#running;
  }

  async #follow(partner: string, run: (signal: AbortSignal) => Promise<EssaiABlanc>): Promise<void> {
    const since = monotonic();
    try {
      const bilan = await run(this.#stopped.signal);
      this.#last.set(partner, { etat: "fait", ms: monotonic() - since, bilan });
    } catch (error) {
      this.#last.set(partner, {
        etat: "echoue",
        message: error instanceof Error ? error.message : String(error),
      });
    } finally {
      this.#changed();
    }
  }
}
