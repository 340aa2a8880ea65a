import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findFormation } from "../../../src/snapshot/index.ts";
import { useFolder } from "../../support/diffusion.ts";

const folder = useFolder();
const PIECE = 1024 * 1024;

const formation = (numero: string, octets = 0) =>
  `<formation numero="F${numero}">\n<x>${"é".repeat(octets / 2)}</x>\n<session numero="${numero}">\n</session>\n</formation>\n`;

function feed(formations: readonly string[]): string {
  const file = path.join(folder.dir, "flux.xml");
  writeFileSync(file, `<?xml version="1.0"?>\n<lheo>\n<offres>\n${formations.join("")}</offres>\n</lheo>\n`);
  return file;
}

describe("the formation of a session, in a stored feed", () => {
  test("the first, one in between and the last, each whole and alone", async () => {
    const formations = ["1", "2", "3"].map((numero) => formation(numero));
    const file = feed(formations);
    for (const [rank, numero] of ["1", "2", "3"].entries())
      expect(await findFormation(file, { session: numero })).toBe(formations[rank]?.trimEnd());
  });

  test("wherever the pieces that are read are cut, and when it is larger than one", async () => {
    for (const octets of [PIECE - 200, PIECE - 130, PIECE - 100, PIECE - 60, 3 * PIECE]) {
      const formations = [formation("avant", octets), formation("1"), formation("apres", octets)];
      const file = feed(formations);
      for (const [rank, numero] of ["avant", "1", "apres"].entries())
        expect((await findFormation(file, { session: numero }))?.length).toBe(
          formations[rank]?.trimEnd().length,
        );
    }
  });

  test("one that is not there, one whose number only begins so, one that XML has to escape", async () => {
    const file = feed([formation("12"), formation("a&amp;b")]);
    expect(await findFormation(file, { session: "1" })).toBeUndefined();
    expect(await findFormation(file, { session: "a&b" })).toContain('numero="Fa&amp;b"');
  });

  test("by the number of its formation, in order or not, large ones between, and never another", async () => {
    const numeros = Array.from({ length: 60 }, (_, rank) => String(100 + rank));
    const formations = numeros.map((numero, rank) => formation(numero, rank % 7 === 3 ? PIECE : 60_000));
    const sorted = feed(formations);
    for (const [rank, numero] of numeros.entries())
      expect(await findFormation(sorted, { session: numero, formation: `F${numero}` })).toBe(
        formations[rank]?.trimEnd(),
      );
    const shuffled = feed(formations.toReversed());
    for (const numero of ["100", "130", "159"])
      expect(await findFormation(shuffled, { session: numero, formation: `F${numero}` })).toContain(
        `numero="F${numero}"`,
      );
    expect(await findFormation(shuffled, { session: "999", formation: "F999" })).toBeUndefined();
  });
});
