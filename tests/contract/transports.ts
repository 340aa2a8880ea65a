import { rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Conduct, decide, type Outcome, type Push } from "../../src/delivery/index.ts";
import { useFolder } from "../support/diffusion.ts";
import { calm, fileToSend } from "../support/envoi.ts";

/** The far end of a transport, as a test sees it. */
export interface FarEnd {
  readonly push: Push;
  /** Whole files that the partner holds under their final name. */
  received(): Promise<Buffer[]>;
  /** From now on nothing can be sent to it. */
  vanish(): Promise<void>;
  close(): Promise<void>;
}

const means = (outcome: Outcome) =>
  decide(outcome, {
    echecs: 0,
    dejaRecu: [],
    surInconnue: "renvoyer" as const,
    maintenant: new Date("2026-11-24T08:30:15Z"),
    hasard: 0.5,
    arret: true,
  });

/** What every way of sending a file owes to who uses it. */
export function transportContract(name: string, open: () => Promise<FarEnd>): void {
  describe(`transport ${name}`, () => {
    const folder = useFolder();
    let far: FarEnd;
    beforeEach(async () => {
      far = await open();
    });
    afterEach(() => far.close());

    test.each([
      [0.5, false],
      [300, false],
      [300, true],
    ])("brings exactly the bytes: %d KB, gzip %s", async (kilobytes, gzip) => {
      const envoi = fileToSend(folder.dir, { octets: kilobytes * 1000, gzip });
      expect(means(await far.push(envoi, calm()))).toMatchObject({ etat: "accepted" });
      const files = await far.received();
      expect(files).toHaveLength(1);
      expect(files[0]?.equals(envoi.bytes)).toBe(true);
    });

    test("may be done again", async () => {
      const envoi = fileToSend(folder.dir);
      for (const epoch of [1, 2])
        expect(means(await far.push({ ...envoi, epoch }, calm()))).toMatchObject({ etat: "accepted" });
      const files = await far.received();
      expect(files.every((bytes) => bytes.equals(envoi.bytes))).toBe(true);
    });

    test("sends nothing when our file is gone or changed", async () => {
      const gone = fileToSend(folder.dir);
      rmSync(gone.fichier.path);
      const shorter = fileToSend(folder.dir);
      writeFileSync(shorter.fichier.path, "court");
      for (const envoi of [gone, shorter])
        expect(await far.push(envoi, calm())).toMatchObject({ kind: "echec", classe: "fichier_absent" });
      expect(await far.received()).toEqual([]);
    });

    test("stops when told to, before or during, and leaves nothing half-made", async () => {
      const stopped = new AbortController();
      stopped.abort();
      const during = new AbortController();
      const conducts: Conduct[] = [calm({ signal: stopped.signal }), calm({ signal: during.signal })];
      setImmediate(() => during.abort());
      for (const conduct of conducts) {
        const outcome = await far.push(fileToSend(folder.dir, { octets: 20_000_000 }), conduct);
        expect(outcome).toMatchObject({ kind: "echec", classe: "interrompue" });
        expect(means(outcome)).toMatchObject({ etat: "retry", delai: 0, compte: false });
      }
      expect(await far.received()).toEqual([]);
    });

    test("answers by a value when the partner is away, to be tried again", async () => {
      await far.vanish();
      const outcome = await far.push(fileToSend(folder.dir), calm());
      expect(outcome.kind).toBe("echec");
      expect(means(outcome)).toMatchObject({ etat: "retry", compte: true });
      expect("message" in outcome && outcome.message.length).toBeGreaterThan(10);
    });
  });
}
