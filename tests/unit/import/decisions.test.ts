import { describe, expect, test } from "vitest";
import { lireFormation, type OffreImportee } from "../../../src/import/index.ts";
import { feedOf } from "../../support/importedFeed.ts";

interface Parts {
  /** Extras and elements of the LHEO action that come after the session. */
  readonly after?: string;
  /** Elements of the session after its dates and its address. */
  readonly session?: string;
  readonly numero?: string;
  readonly numeroSession?: string;
  readonly attributs?: string;
}

const lheoAction = ({
  after = "",
  session = "",
  numero = "A1",
  numeroSession = "S1",
  attributs = "",
}: Parts): string =>
  `<action numero="${numero}"${attributs}>
<rythme-formation>Temps plein</rythme-formation>
<code-public-vise ref="V14">83056</code-public-vise>
<niveau-entree-obligatoire>0</niveau-entree-obligatoire>
<modalites-alternance>-</modalites-alternance>
<modalites-enseignement>0</modalites-enseignement>
<conditions-specifiques>aucune</conditions-specifiques>
<prise-en-charge-frais-possible>1</prise-en-charge-frais-possible>
<modalites-entrees-sorties>0</modalites-entrees-sorties>
<session numero="${numeroSession}">
<periode><debut>20260901</debut><fin>20270630</fin></periode>
<adresse-inscription><adresse><ligne>1 rue du Port</ligne><codepostal>33999</codepostal><ville>Bourg</ville></adresse></adresse-inscription>
${session}
</session>
${after}
</action>`;

const formation = (...actions: Parts[]): string => `<formation numero="F1">
<domaine-formation/>
<intitule-formation>Soudage</intitule-formation>
<objectif-formation>Souder</objectif-formation>
<resultats-attendus>Attestation</resultats-attendus>
<contenu-formation>Programme</contenu-formation>
<certifiante>0</certifiante>
<contact-formation><coordonnees/></contact-formation>
<parcours-de-formation>1</parcours-de-formation>
<code-niveau-entree>1</code-niveau-entree>
${actions.map(lheoAction).join("\n")}
<organisme-formation-responsable numero="O1">
<numero-activite>75330000133</numero-activite>
<SIRET-organisme-formation><SIRET>91234531100019</SIRET></SIRET-organisme-formation>
<nom-organisme>Le Port</nom-organisme>
<raison-sociale>LE PORT</raison-sociale>
<coordonnees-organisme><coordonnees/></coordonnees-organisme>
<contact-organisme><coordonnees/></contact-organisme>
</organisme-formation-responsable>
</formation>`;

function read(...actions: Parts[]): OffreImportee {
  const { offre, notices } = lireFormation(formation(...actions));
  if (offre === undefined) throw new Error(JSON.stringify(notices));
  return offre;
}

const firstSession = (...actions: Parts[]) => read(...actions).sessions[0]?.contenu;

/** Codes of the notices that say a value is lost. */
const lost = (...actions: Parts[]): string[] =>
  lireFormation(formation(...actions))
    .notices.filter(({ code }) => code === "import-valeur-non-reprise")
    .map(({ path, value }) => `${path} ${value}`);

const extras = (info: string, nom: string, value = "1"): string =>
  `<extras info="${info}"><extra info="${nom}">${value}</extra></extras>`;
const cycle = (type: string, inside = ""): string =>
  `<cycle><type-cycle>${type}</type-cycle>${inside}</cycle>`;

describe("the voie d'accès", () => {
  test.each([
    ["nothing said", {}, "formation_continue"],
    ["dispositif", { after: extras("dispositif", "contrat-apprentissage") }, "apprentissage"],
    ["dispositif", { after: extras("dispositif", "contrat-professionnalisation") }, "professionnalisation"],
    ["dispositif 0", { after: extras("dispositif", "contrat-apprentissage", "0") }, "formation_continue"],
    ["type-action", { after: extras("type-action", "formation-initiale") }, "formation_initiale"],
    ["type-formation", { after: extras("type-formation", "formation-initiale") }, "formation_initiale"],
    ["cycle 0", { session: cycle("0") }, "formation_initiale"],
    ["cycle 1", { session: cycle("1") }, "apprentissage"],
    [
      "extras before cycle",
      { session: cycle("0"), after: extras("dispositif", "contrat-apprentissage") },
      "apprentissage",
    ],
  ] as const)("%s: %o is %s", (_, parts, voie) => {
    expect(firstSession(parts)?.voie).toBe(voie);
    expect(lost(parts)).toEqual([]);
  });

  test("the cycle of the voie is the record's, the others stay beside it, in any order", () => {
    const parts = {
      session:
        cycle("0", "<capacite-simultanee>4</capacite-simultanee>") +
        cycle("1", "<annee-cycle>2</annee-cycle>"),
      after: extras("dispositif", "contrat-apprentissage"),
    };
    expect(firstSession(parts)?.cycle).toEqual({ annees: [2] });
    expect(lost(parts)).toEqual([]);
  });

  test("an extra that says the same as the voie and one more thing keeps that thing, once", () => {
    const both =
      '<extras info="dispositif"><extra info="contrat-apprentissage">1</extra><extra info="autre">x</extra></extras>';
    const written = feedOf(read({ after: both }));
    expect(written.match(/contrat-apprentissage/g)).toHaveLength(1);
    expect(written.match(/info="autre">x/g)).toHaveLength(1);
  });
});

describe("numbers", () => {
  test("LHEO actions that share a number are told apart by their sessions", () => {
    const offre = read({ numeroSession: "S1" }, { numeroSession: "S2" });
    expect(offre.sessions.map(({ contenu }) => contenu.numero_action_lheo)).toEqual(["A1_S1", "A1_S2"]);
  });

  test("sessions that share a number in two actions keep it", () => {
    const offre = read({ numero: "A1" }, { numero: "A2" });
    expect(offre.sessions.map(({ contenu }) => [contenu.numero_action_lheo, contenu.numero_lheo])).toEqual([
      ["A1", "S1"],
      ["A2", "S1"],
    ]);
  });
});

describe("what all sessions share", () => {
  const hours = (centre: number, total: number): string =>
    `<nombre-heures-centre>${centre}</nombre-heures-centre><nombre-heures-total>${total}</nombre-heures-total>`;

  test("hours go together: they are not split between the action and its sessions", () => {
    const offre = read(
      { numero: "A1", numeroSession: "S1", after: hours(300, 400) },
      { numero: "A2", numeroSession: "S2", after: hours(350, 400) },
    );
    expect(offre.action.contenu.modalites.nombre_heures_total).toBeUndefined();
    expect(offre.sessions.map(({ contenu }) => contenu.modalites)).toEqual([
      { nombre_heures_centre: 300, nombre_heures_total: 400 },
      { nombre_heures_centre: 350, nombre_heures_total: 400 },
    ]);
    expect(feedOf(offre).match(/<nombre-heures-total>400/g)).toHaveLength(2);
  });

  test("an action agreed with a funder in all its sessions is conventionnée", () => {
    const yes = { after: "<conventionnement>1</conventionnement>" };
    const no = { numero: "A2", numeroSession: "S2", after: "<conventionnement>0</conventionnement>" };
    expect(read(yes).action.contenu.conventionnee).toBe(true);
    expect(read(yes, no).action.contenu.conventionnee).toBe(false);
  });
});

describe("certifications and blocs", () => {
  const reference = (code: string): string =>
    `<reference-certification><reference-code-RNCP>${code}</reference-code-RNCP></reference-certification>`;
  const blocs = (code: string, bloc: string): string =>
    `<blocs-competences><validation-blocs>0</validation-blocs>${reference(code)}` +
    `<bloc-competences><libelle-bloc>Bloc</libelle-bloc><code-bloc>${bloc}</code-bloc></bloc-competences></blocs-competences>`;

  test("blocs find their certification whatever the order", () => {
    const parts = {
      session:
        reference("111") + reference("222") + blocs("222", "RNCP222BC01") + blocs("111", "RNCP111BC01"),
    };
    expect(firstSession(parts)?.certifications).toEqual([
      { code_rncp: "111", validation: "partielle", blocs: [{ code: "RNCP111BC01", libelle: "Bloc" }] },
      { code_rncp: "222", validation: "partielle", blocs: [{ code: "RNCP222BC01", libelle: "Bloc" }] },
    ]);
    expect(lost(parts)).toEqual([]);
  });

  test("blocs without a reference, a certification said twice, an empty reference: nothing is lost", () => {
    const parts = {
      session:
        '<reference-certification><extras info="x"><extra>y</extra></extras></reference-certification>' +
        reference("111") +
        reference("111") +
        blocs("222", "RNCP222BC01") +
        blocs("222", "RNCP222BC02"),
    };
    expect(firstSession(parts)?.certifications.map(({ code_rncp }) => code_rncp)).toEqual(["111", "222"]);
    expect(lost(parts)).toEqual([]);
    expect(feedOf(read(parts))).toContain("RNCP222BC02");
  });
});

describe("dates of the LHEO action", () => {
  test("its own are kept, whatever the day it is published", () => {
    const written = feedOf(read({ attributs: ' datecrea="20200101" datemaj="20200203"' }));
    expect(written).toMatch(/<action numero="A1" [^>]*datecrea="20200101"/);
    expect(written).toMatch(/<action numero="A1" [^>]*datemaj="20200203"/);
  });
});

test("a figure that is not one we would write is kept as it stands", () => {
  const parts = {
    after: `<nombre-heures-total>0705</nombre-heures-total>${extras("duree-hebdo", "duree-hebdo", "35 h")}`,
  };
  expect(read(parts).action.contenu.modalites).not.toHaveProperty("nombre_heures_total");
  expect(read(parts).action.contenu.modalites).not.toHaveProperty("duree_hebdo");
  const written = feedOf(read(parts));
  expect(written).toContain("<nombre-heures-total>0705<");
  expect(written).toContain(">35 h<");
});

test("blank texts are no values: they leave their place to the default, which is told", () => {
  const { offre, notices } = lireFormation(
    formation({}).replace("<rythme-formation>Temps plein<", "<rythme-formation>  <"),
  );
  expect(offre?.action.contenu.modalites).not.toHaveProperty("rythme");
  expect(notices.map(({ code }) => code)).toContain("texte-blanc");
});
