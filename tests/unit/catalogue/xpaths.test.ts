import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { zBrouillonAction, zBrouillonSession } from "../../../src/catalogue/contenu.ts";
import { type Champ, champOf } from "../../../src/catalogue/verification/champ.ts";
import {
  XPATHS_ACTION,
  XPATHS_MODALITES,
  XPATHS_SESSION,
} from "../../../src/catalogue/verification/xpaths.ts";
import { ELEMENTS, type ElementName } from "../../../src/lheo/index.ts";
import { zOrganisme } from "../../../src/published/contract/index.ts";
import { startXsd } from "../../../src/validation/index.ts";
import { noticeFixtureCodes, noticesOf, readNoticeFixture } from "../../support/noticeFixtures.ts";

const VIDES = { action: {}, session: {} };

/** The forms, and the organisme that the action is under. */
const FORMULAIRES = {
  action: zBrouillonAction.extend({ organisme: zOrganisme }),
  session: zBrouillonSession,
};

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap())
    : schema;
}

/** Is it a field of the form, as an input may be named? */
function exists({ genre, champ }: Champ): boolean {
  const steps = champ.split(/[.[\]]+/).filter((step) => step !== "");
  return (
    steps.length > 0 &&
    steps.reduce<unknown>((schema, step) => {
      const inner = unwrapped(schema);
      if (inner instanceof z.ZodObject) return inner.shape[step];
      return inner instanceof z.ZodArray && /^\d+$/.test(step) ? inner.element : undefined;
    }, FORMULAIRES[genre]) !== undefined
  );
}

/** Every place of a `formation` that the language has, once where it may be repeated. */
function placesOf(name: ElementName, path: string): string[] {
  return ELEMENTS[name].children.flatMap(({ name: child, max }) => {
    const place = `${path}${path === "" ? "" : "/"}${child}${max > 1 ? "[1]" : ""}`;
    return child === "extras" ? [place] : [place, ...placesOf(child, place)];
  });
}

describe("each place of the feed is a field of the forms", () => {
  const places = placesOf("formation", "").map((path) => ({ path, ...champOf(path, VIDES) }));

  test("that the contract has", () => {
    const forms = ["action[1]", "action[1]/session[1]"];
    expect(places.filter((place) => !exists(place)).map(({ path }) => path)).toEqual(forms);
  });

  test("and only what the contract does not model is what came with an import", () => {
    const elements = places
      .filter(({ champ, path }) => champ === "tel_quel" && !path.includes("extras"))
      .map(({ path }) => path.replaceAll("[1]", "").split("/").slice(0, 2).join("/"));
    expect([...new Set(elements)]).toEqual([
      "action/equipement",
      "action/enseignement",
      "sous-modules",
      "sous-modules/sous-module",
      "modules-prerequis",
      "modules-prerequis/reference-module",
    ]);
  });

  test("with the rank that it has in the form", () => {
    const at = (path: string) => champOf(path, VIDES);
    expect(at("action[1]/lieu-de-formation[2]/coordonnees/telfixe/numtel[3]")).toEqual({
      genre: "session",
      champ: "lieux[1].coordonnees.telfixe[2]",
    });
    expect(at("action/session[1]/recrutement[1]/periode/debut").champ).toBe("recrutements[0].periode.debut");
    expect(at("action/lieu-de-formation").champ).toBe("lieux");
    expect(at("domaine-formation/code-FORMACODE[2]/@ref").champ).toBe("formacodes[1].ref");
    expect(at("organisme-formation-responsable/contact-organisme[1]/coordonnees/courriel")).toEqual({
      genre: "action",
      champ: "organisme.contacts[0].coordonnees.courriel",
    });
  });

  test("a modality is that of the action, unless the session has its own", () => {
    const path = "action/nombre-heures-total";
    const heures_par_modalite = [{ modalite: "jour" as const, heures: 7 }];
    const action = { modalites: { heures_par_modalite } };
    expect(champOf(path, { action, session: {} })).toEqual({
      genre: "action",
      champ: "modalites.heures_par_modalite",
    });
    expect(champOf(path, { action, session: action }).genre).toBe("session");
    expect(champOf(path, { action, session: { modalites: { nombre_heures_total: 7 } } })).toEqual({
      genre: "session",
      champ: "modalites.nombre_heures_total",
    });
    expect(
      champOf("action/conditions-specifiques", {
        action: { modalites: { prerequis: "Aucun" } },
        session: {},
      }),
    ).toEqual({
      genre: "action",
      champ: "modalites.prerequis",
    });
  });
});

test("each notice of the rules and of the schema is at a field of the forms", async () => {
  const xsd = startXsd();
  try {
    const lost: string[] = [];
    for (const code of noticeFixtureCodes()) {
      const fixture = readNoticeFixture(code);
      if (fixture.kind !== "formation") continue;
      for (const notice of await noticesOf(fixture, xsd))
        if (!/^(?:action\[1\])?$/.test(notice.path) && !exists(champOf(notice.path, VIDES)))
          lost.push(`${code} ${notice.path}`);
    }
    expect(lost).toEqual([]);
  } finally {
    await xsd.close();
  }
});

/** Sections of docs/mapping.md: what stands before the field in the form, and before the path in the formation. */
const SECTIONS: Readonly<Record<string, readonly [champ: string, from: RegExp, xpath: string]>> = {
  Action: ["", /^formation\//, ""],
  Modalités: ["", /^/, ""],
  Session: ["", /^session\//, "action/session/"],
  Organisme: ["organisme.", /^/, ""],
  Lieu: ["lieux.", /^/, "action/"],
  Formateur: ["formateurs.", /^/, "action/"],
  Recrutement: ["recrutements.", /^/, "action/session/"],
  "Certification aimed at": ["certifications.", /^/, "action/"],
  Bloc: ["certifications.blocs.", /^/, "action/session/blocs-competences/"],
  Cycle: ["cycle.", /^/, "action/"],
  "Codes of a certification": ["certifications.", /^/, ""],
  Contact: ["contacts.", /^/, "action/session/"],
  Coordonnées: ["lieux.coordonnees.", /^/, "action/lieu-de-formation/"],
  Adresse: ["adresse_inscription.", /^/, "action/session/adresse-inscription/"],
  Période: ["periode_inscription.", /^/, "action/session/periode-inscription/"],
};

test.each(Object.entries(SECTIONS))("docs/mapping.md says the same, %s", (section, [prefix, from, to]) => {
  const page = readFileSync(new URL("../../../docs/mapping.md", import.meta.url), "utf8");
  const [, text = ""] = page.split(`\n## ${section}\n`);
  const said = (text.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) => line.split("|").map((cell) => cell.trim().replace(/^`(.*)`$/s, "$1")))
    .filter(([, champ = "", xpath]) => xpath !== "—" && !LEFT_OUT.has(champ))
    .map(([, champ = "", xpath = ""]) => `${prefix}${champ} ${xpath.replace(from, to)}`);
  const known = new Set(
    [...XPATHS_ACTION, ...XPATHS_MODALITES, ...XPATHS_SESSION].map(([champ, xpath]) =>
      `${champ} ${xpath}`.replaceAll("[]", ""),
    ),
  );
  expect(said.length).toBeGreaterThan(1);
  expect(said.filter((line) => !known.has(line))).toEqual([]);
});

/** Not a place of its own: the record that the action is under, what is laid over, the modalités themselves. */
const LEFT_OUT = new Set(["tel_quel", "modalites", "action", "conventionnee"]);
