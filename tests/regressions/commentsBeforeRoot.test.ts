import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { splitFormations } from "../../src/lheo/index.ts";
import { validateFile } from "../../src/validation/index.ts";

/** Half a comment, left of the chunk in which the root begins, was taken for the start of the document. */

const golden = new URL("../../fixtures/cases/apprentissage/expected.xml", import.meta.url);

test("validate accepts a valid file with megabytes of comments before its root", async () => {
  const dir = await mkdtemp(path.join(tmpdir(), "offre-info-commentaires-"));
  try {
    const xml = await readFile(golden, "utf8");
    const root = xml.indexOf("<lheo");
    const file = path.join(dir, "flux.xml");
    const comments = `<!-- ${"ligne\n".repeat(500_000)} -->\n${"<!-- une ligne -->\n".repeat(60_000)}`;
    await writeFile(file, `${xml.slice(0, root)}${comments}${xml.slice(root)}`);
    const codes: string[] = [];
    for await (const event of validateFile(file)) {
      if (event.kind === "notice" && event.notice.severity === "bloquant") codes.push(event.notice.code);
      if (event.kind === "bilan")
        expect(event.bilan).toMatchObject({ formations: 1, xsdPubliee: true, offreInfo: true });
    }
    expect(codes).toEqual([]);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test("wherever the chunks are cut, the envelope begins at the root", async () => {
  const xml = `<?xml version="1.0"?><!-- a -->\n<!-- <lheo> b --><lheo><offres>\n<formation/></offres></lheo>`;
  for (let cut = 1; cut < xml.length; cut++) {
    let envelope = "";
    let line = 0;
    for await (const event of splitFormations([xml.slice(0, cut), xml.slice(cut)])) {
      if (event.kind === "end") [envelope, line] = [event.envelope, event.fileLine(1)];
    }
    expect({ cut, envelope, line }).toEqual({
      cut,
      envelope: "<lheo><offres>\n<formation/></offres></lheo>",
      line: 2,
    });
  }
});
