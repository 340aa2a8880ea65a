import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { lireFormation } from "../../src/import/index.ts";
import { clean, type ElementName, parse } from "../../src/lheo/index.ts";
import { type Notice, noticesDesDefauts } from "../../src/notices/index.ts";
import { type ValidateFileOptions, validateFile, type Xsd } from "../../src/validation/index.ts";

/** One fixture for each code of the catalogue of notices: see fixtures/notices/README.md. */
const FOLDER = new URL("../../fixtures/notices/", import.meta.url);

const attendu = z.strictObject({ path: z.string(), value: z.string().optional() });
const zOptions = z.strictObject({ latin1: z.boolean().optional(), publieeSeule: z.boolean().optional() });
const commun = {
  attendu,
  /** Codes that cannot but come with it. */
  avec: z.array(z.string()).default([]),
};
const surFichier = {
  ...commun,
  options: zOptions.default({}),
  encodage: z.enum(["utf8", "latin1"]).default("utf8"),
};

export const zNoticeFixture = z.discriminatedUnion("kind", [
  /** `base.xml` with some passages replaced, checked as a file. `{formation-2}` is its formation, renumbered. */
  z.strictObject({
    kind: z.literal("formation"),
    remplace: z.array(z.tuple([z.string(), z.string()])),
    ...surFichier,
  }),
  /** A whole file. `{9 espaces}` is nine spaces. */
  z.strictObject({ kind: z.literal("fichier"), document: z.string(), ...surFichier }),
  /** An LHEO value that is about to be written. */
  z.strictObject({ kind: z.literal("valeur"), element: z.string(), valeur: z.unknown(), ...commun }),
  /** An LHEO element that is read. */
  z.strictObject({ kind: z.literal("lecture"), element: z.string(), xml: z.string(), ...commun }),
  /** The formation of `base.xml`, spoiled, as an import reads it. */
  z.strictObject({
    kind: z.literal("import"),
    remplace: z.array(z.tuple([z.string(), z.string()])),
    ...commun,
  }),
  /** Triggered where the code is emitted: the test that does it, and that names the code. */
  z.strictObject({ kind: z.literal("test"), test: z.string(), pourquoi: z.string() }),
  /** A last resort that no known datum triggers. */
  z.strictObject({ kind: z.literal("secours"), pourquoi: z.string() }),
]);
export type NoticeFixture = z.infer<typeof zNoticeFixture>;

export function readNoticeFixture(code: string): NoticeFixture {
  return zNoticeFixture.parse(JSON.parse(readFileSync(new URL(`${code}.json`, FOLDER), "utf8")));
}

/** Codes that have a fixture. */
export function noticeFixtureCodes(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length));
}

/** Everything that is said of a fixture. */
export async function noticesOf(
  fixture: Exclude<NoticeFixture, { kind: "test" | "secours" }>,
  xsd: Xsd,
): Promise<readonly Notice[]> {
  switch (fixture.kind) {
    case "formation":
      return noticesOfFile(replaced(fixture.remplace), { ...fixture.options, xsd }, fixture.encodage);
    case "fichier":
      return noticesOfFile(expanded(fixture.document), { ...fixture.options, xsd }, fixture.encodage);
    case "import":
      return lireFormation(/<formation[\s\S]*<\/formation>/.exec(replaced(fixture.remplace))?.[0] ?? "")
        .notices;
    case "valeur":
      return noticesDesDefauts(clean(fixture.element as ElementName, fixture.valeur as string).defauts, {
        path: "",
      });
    case "lecture":
      return noticesDesDefauts(parse(fixture.element as ElementName, fixture.xml).defauts, { path: "" });
  }
}

/** `base.xml`, spoiled; every passage to replace must be in it once. */
export function replaced(passages: readonly (readonly [string, string])[]): string {
  const base = readFileSync(new URL("base.xml", FOLDER), "utf8");
  return passages.reduce((text, [find, put]) => {
    const times = text.split(find).length - 1;
    if (times !== 1) throw new Error(`${times} fois dans base.xml : ${find}`);
    return text.replace(find, () => put.replace("{formation-2}", () => second(text)));
  }, base);
}

function second(document: string): string {
  const formation = document.slice(
    document.indexOf("<formation "),
    document.indexOf("</formation>") + "</formation>\n".length,
  );
  return formation
    .replace(/(<(?:formation|action|session) numero="[^"]*)"/g, '$1b"')
    .replaceAll(/ tag="principal"/g, "");
}

const expanded = (document: string): string =>
  document.replace(/\{(\d+) espaces\}/, (_, count: string) => " ".repeat(Number(count)));

async function noticesOfFile(
  document: string,
  options: ValidateFileOptions,
  encoding: "utf8" | "latin1",
): Promise<readonly Notice[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "notices-"));
  try {
    const file = path.join(folder, "offre-info.xml");
    writeFileSync(file, document, encoding);
    const found: Notice[] = [];
    for await (const event of validateFile(file, options))
      if (event.kind === "notice") found.push(event.notice);
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
