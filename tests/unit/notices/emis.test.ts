import { expect, test } from "vitest";
import { buildOffre } from "../../../src/feed/index.ts";
import { actionOf, CONTEXTE, certificationOf, entreeOf, sessionOf } from "../feed/entree.ts";

test("validation-blocs-complete-par-defaut: blocs are listed and nobody said how they are validated", () => {
  const bloc = { code: "RNCP35819BC01", libelle: "Organiser" };
  const { notices } = buildOffre(
    entreeOf({
      action: actionOf({ certifications: [{ code_rncp: "RNCP35819" }] }),
      sessions: [sessionOf({ certifications: [{ code_rncp: "RNCP35819", blocs: [bloc] }] })],
      certifications: new Map([
        ["RNCP35819", certificationOf({ blocs: [bloc, { code: "RNCP35819BC02", libelle: "Suivre" }] })],
      ]),
    }),
    CONTEXTE,
  );
  expect(notices.filter(({ code }) => code === "validation-blocs-complete-par-defaut")).toMatchObject([
    { value: "partielle", session: "S1" },
  ]);
});
