import { describe, expect, test } from "vitest";
import {
  type Alerte,
  ETATS_ACTION,
  ETATS_SESSION,
  EVENEMENTS_ACTION,
  EVENEMENTS_SESSION,
  passageAction,
  passageSession,
  type RoleCatalogue,
  type SituationAction,
} from "../../../src/catalogue/index.ts";

const ROLES: readonly RoleCatalogue[] = ["of", "lecteur_of", "financeur", "controle", "systeme"];
const BOOLEANS = [true, false];

/** Every situation there is: few enough to try them all. */
function* situations(): Generator<SituationAction> {
  for (const etat of ETATS_ACTION)
    for (const enLigne of BOOLEANS)
      for (const certificationsChangees of BOOLEANS)
        for (const conventionnee of BOOLEANS)
          for (const alerte of (etat === "alerte"
            ? ["controle", "sans_session"]
            : [null]) as (Alerte | null)[])
            yield { etat, enLigne, certificationsChangees, conventionnee, alerte };
}

function* passages() {
  for (const situation of situations())
    for (const evenement of EVENEMENTS_ACTION)
      for (const role of ROLES)
        yield { situation, evenement, role, passage: passageAction(situation, evenement, role) };
}

describe("an action", () => {
  /** The guide's own table (S36–S45, S116–S127), for an action that is not conventionnée; `-` is a refusal. */
  test.each`
    etat           | of                  | controle
    ${"brouillon"} | ${"creee -"}        | ${"- -"}
    ${"creee"}     | ${"- archivee"}     | ${"publiee archivee"}
    ${"publiee"}   | ${"creee archivee"} | ${"- archivee"}
    ${"alerte"}    | ${"creee archivee"} | ${"- archivee"}
    ${"modifiee"}  | ${"- archivee"}     | ${"publiee archivee"}
    ${"archivee"}  | ${"- -"}            | ${"- -"}
    ${"supprimee"} | ${"- -"}            | ${"- -"}
  `(
    "never online, $etat: the OF confirms and archives, the control publishes and archives",
    ({ etat, of, controle }) => {
      const situation: SituationAction = {
        etat,
        enLigne: false,
        certificationsChangees: false,
        conventionnee: false,
        alerte: etat === "alerte" ? "controle" : null,
      };
      const to = (evenement: (typeof EVENEMENTS_ACTION)[number], role: RoleCatalogue): string => {
        const passage = passageAction(situation, evenement, role);
        return "refus" in passage ? "-" : passage.vers;
      };
      expect(`${to("confirmer", "of")} ${to("archiver", "of")}`).toBe(of);
      expect(`${to("publier", "controle")} ${to("archiver", "controle")}`).toBe(controle);
    },
  );

  test("every refusal is a French sentence", () => {
    for (const { passage } of passages())
      if ("refus" in passage) expect(passage.refus).toMatch(/^[A-ZÀÉ].+\.$/);
  });

  test("only the control puts online what it has not seen: a new action, or new certifications", () => {
    for (const { situation, role, passage } of passages()) {
      if ("refus" in passage || !passage.effets.includes("publier")) continue;
      const seen = situation.enLigne && !situation.certificationsChangees;
      expect(role === "controle" || seen || situation.conventionnee).toBe(true);
    }
  });

  test("nothing comes back from deletion, and only the control brings back from the archives", () => {
    for (const { situation, role, evenement, passage } of passages()) {
      if ("refus" in passage) continue;
      expect(situation.etat).not.toBe("supprimee");
      const restored = evenement === "restaurer" && role === "controle";
      if (situation.etat === "archivee") expect(evenement === "supprimer" || restored).toBe(true);
    }
  });

  test("what leaves the feeds is always withdrawn, and what is withdrawn has left", () => {
    for (const { situation, passage } of passages()) {
      if ("refus" in passage) continue;
      const leaves = passage.vers === "archivee" || passage.vers === "supprimee";
      const gone = passage.effets.includes("retirer") || passage.effets.includes("effacer");
      expect(gone, JSON.stringify(situation)).toBe(leaves);
      if (passage.effets.includes("effacer")) expect(situation.etat).toBe("brouillon");
    }
  });

  test("who writes can always leave, whatever the control is doing (H4)", () => {
    for (const situation of situations()) {
      if (situation.etat === "archivee" || situation.etat === "supprimee") continue;
      const passage = passageAction(situation, "supprimer", situation.conventionnee ? "financeur" : "of");
      expect(passage).toHaveProperty("vers", "supprimee");
    }
  });

  test("an OF changes no conventionnée, a funder nothing else, a reader nothing at all", () => {
    for (const { situation, role, passage } of passages()) {
      const forbidden =
        role === "lecteur_of" ||
        (role === "of" && situation.conventionnee) ||
        (role === "financeur" && !situation.conventionnee);
      if (forbidden) expect(passage).toHaveProperty("refus");
    }
  });

  test("is under Alerte for one reason or is not", () => {
    for (const { passage } of passages())
      if (!("refus" in passage)) expect(passage.alerte !== undefined).toBe(passage.vers === "alerte");
  });
});

describe("a session", () => {
  function* all() {
    for (const etat of ETATS_SESSION)
      for (const action of ETATS_ACTION)
        for (const selonLaVersionEnLigne of BOOLEANS)
          for (const terminee of BOOLEANS)
            for (const autreSession of BOOLEANS)
              for (const evenement of EVENEMENTS_SESSION) {
                const situation = { etat, action, selonLaVersionEnLigne, terminee, autreSession };
                yield { situation, evenement, passage: passageSession(situation, evenement) };
              }
  }

  test("goes online by itself only when its action is, and within what is online (H7)", () => {
    for (const { situation, evenement, passage } of all()) {
      if (evenement !== "confirmer" || "refus" in passage || passage.vers !== "publiee") continue;
      const { action, selonLaVersionEnLigne } = situation;
      expect(action === "publiee" || (action === "modifiee" && selonLaVersionEnLigne)).toBe(true);
    }
  });

  test("the last one never leaves alone, but a draft (H5)", () => {
    for (const { situation, evenement, passage } of all()) {
      if (evenement !== "retirer" && evenement !== "supprimer") continue;
      if (situation.autreSession || situation.etat === "brouillon") continue;
      expect(passage).toHaveProperty("refus");
    }
  });

  test("is deleted only when it has been over for long; withdrawn at any time (S136–S138)", () => {
    for (const { situation, evenement, passage } of all()) {
      if ("refus" in passage || situation.etat === "brouillon") continue;
      if (evenement === "supprimer") expect(situation.terminee).toBe(true);
    }
    const running = {
      etat: "publiee",
      action: "modifiee",
      selonLaVersionEnLigne: true,
      terminee: false,
      autreSession: true,
    } as const;
    expect(passageSession(running, "retirer")).toMatchObject({ vers: "retiree", effets: ["retirer"] });
  });

  test("what is gone stays gone", () => {
    for (const { situation, passage } of all())
      if (situation.etat === "retiree" || situation.etat === "supprimee")
        expect(passage).toHaveProperty("refus");
  });
});
