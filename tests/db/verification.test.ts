import type { Knex } from "knex";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type BrouillonAction,
  type BrouillonSession,
  createVerificateur,
  type FicheAction,
  type Verificateur,
  type Verification,
} from "../../src/catalogue/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { seedProfils } from "../../src/partner/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { loadStructures } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { uneCertification, uneHabilitation } from "../support/offre.ts";
import { actionComplete, ficheAction, ficheSession, sessionComplete } from "../support/saisie.ts";

/** The forms are checked by the rules of the feed and those of the guide, each constat at its field. */
const database = useDatabase();
let db: Knex;
let verificateur: Verificateur;

beforeAll(async () => {
  db = database.db;
  await loadStructures(db);
  await seedProfils(db, PROFILS);
  verificateur = createVerificateur({ base: "75" });
  await db.transaction(async (trx) => {
    await writeVersions(
      trx,
      "certification",
      [
        { numero: "RNCP35819", contenu: uneCertification({ fin_validite: "20271231" }) },
        {
          numero: "RNCP37274",
          contenu: uneCertification({ code_rncp: "RNCP37274", fin_validite: "20261231" }),
        },
      ],
      { origine: "referentiel" },
    );
    await writeVersions(
      trx,
      "habilitation",
      [
        { numero: "OF1|RNCP37274", contenu: uneHabilitation({ certification: "RNCP37274" }) },
        { numero: "OF2|RNCP35819", contenu: uneHabilitation({ organisme: "OF2" }) },
      ],
      { origine: "referentiel" },
    );
  });
});
afterAll(() => verificateur.close());

const verify = (
  action: BrouillonAction,
  sessions: readonly BrouillonSession[],
  fields: Partial<FicheAction> = {},
): Promise<Verification> =>
  verificateur.verify(db, {
    action: ficheAction(action, fields),
    sessions: sessions.map((contenu, rank) => ficheSession(contenu, 11 + rank)),
  });

/** What is said beside what the mapping fills in: code, field, and which session when it is one's. */
const dits = ({ constats }: Verification) =>
  constats
    .filter(({ code, champ }) => !code.endsWith("-par-defaut") && !champ.startsWith("organisme."))
    .map(({ code, champ, fiche }) => [code, `${fiche.genre === "session" ? `${fiche.id}:` : ""}${champ}`]);

const dit = (verification: Verification, code: string) =>
  verification.constats.filter((constat) => constat.code === code);

describe("what the guide asks", () => {
  test("a form filled as it says has nothing that stops it", async () => {
    const verification = await verify(actionComplete(), [sessionComplete()]);
    expect(dits(verification)).toEqual([]);
    expect(verification.bloquante).toBe(false);
  });

  test("each red dot left blank is named at its field, once (S62, S111)", async () => {
    const verification = await verify({}, [{ lieux: [lieu({ lignes: [" "], code_postal: "", ville: "" })] }]);
    expect(dits(verification)).toEqual([
      ...[
        "intitule",
        "objectif_general",
        "objectif",
        "contenu",
        "validation",
        "modalites.conditions_acces",
        "modalites.heures_par_modalite",
        "11:voie",
        "11:debut",
        "11:fin",
        "11:type_entree",
        "11:lieux[0].coordonnees.adresse.lignes",
        "11:lieux[0].coordonnees.adresse.code_postal",
        "11:lieux[0].coordonnees.adresse.ville",
        "11:contacts",
      ].map((champ) => ["champ-obligatoire", champ]),
      ["formacode-absent", "formacodes"],
    ]);
    expect(dit(verification, "champ-obligatoire")[0]).toMatchObject({
      severity: "bloquant",
      message: "« Intitulé » est obligatoire : nommez la formation aussi explicitement que possible.",
    });
  });

  test("an action needs a session, and is checked before it has one (S47)", async () => {
    const action = actionComplete({
      modalites: { ...actionComplete().modalites, prerequis: "RAS ".repeat(900) },
    });
    const seul = await verify(action, []);
    expect(dits(seul)).toEqual([
      ["action-sans-session", "sessions"],
      ["xsd-texte-trop-long", "modalites.prerequis"],
    ]);
    const autres = await verificateur.verify(db, {
      action: ficheAction(actionComplete()),
      sessions: [],
      autresSessions: true,
    });
    expect(autres.bloquante).toBe(false);
  });

  test("apprenticeship without Qualiopi apprentissage is refused (S64, H11)", async () => {
    const verification = await verify(actionComplete(), [sessionComplete({ voie: "apprentissage" })]);
    expect(dits(verification)).toEqual([["apprentissage-sans-qualiopi", "11:voie"]]);
    expect(verification.bloquante).toBe(true);
  });

  test("five certifications in all, and blocs where the validation is partial (S76, S102, H2)", async () => {
    const certifications = Array.from({ length: 6 }, (_, rank) => ({ code_rs: `RS${5000 + rank}` }));
    const six = await verify(actionComplete({ validation: "autre", certifications }), [sessionComplete()]);
    expect(dit(six, "xsd-trop-d-elements")).toMatchObject([
      { champ: "certifications", severity: "bloquant" },
    ]);

    const rncp = { code_rncp: "RNCP37274" };
    const action = actionComplete({ validation: "rncp", certifications: [{ code_rs: "RS5080" }, rncp] });
    const session = sessionComplete({
      debut: "20260907",
      fin: "20261218",
      certifications: [
        { code_rs: "RS5080", blocs: [] },
        { ...rncp, validation: "mixte", blocs: [] },
      ],
    });
    expect(dits(await verify(action, [session]))).toEqual([
      ["champ-obligatoire", "11:certifications[1].blocs"],
      ["certification-inconnue-du-registre", "certifications[0]"],
    ]);
    const bloc = { ...rncp, validation: "mixte" as const, blocs: [{ code: "BC", libelle: "Accueillir" }] };
    const mal = { ...session, certifications: [{ code_rs: "RS5080", blocs: [] }, bloc] };
    // The feed lists one certification with blocs, the form two certifications.
    expect(dits(await verify(action, [mal]))).toContainEqual([
      "xsd-texte-trop-court",
      "11:certifications[1].blocs[0].code",
    ]);
  });

  test("boxes and certifications that do not go together (S68, S73, S82, S83)", async () => {
    const certifications = [{ code_rncp: "RNCP37274" }];
    const session = sessionComplete({ debut: "20260907", fin: "20261218" });
    expect(dits(await verify(actionComplete({ certifications }), [session]))).toEqual([
      ["attestation-avec-certification", "validation"],
      ["intitule-officiel", "intitule"],
    ]);
    const officiel = actionComplete({
      intitule: "Assistante de direction en entreprise",
      validation: "rncp",
      certifications,
    });
    expect(dits(await verify(officiel, [session]))).toEqual([]);
    expect(dits(await verify(actionComplete({ validation: "rncp" }), [session]))).toEqual([
      ["certification-a-completer", "certifications"],
    ]);
    const vae = actionComplete({ intitule: "Accompagnement VAE", validation: "autre" });
    expect(dits(await verify(vae, [session]))).toContainEqual(["vae-sans-code", "certifications"]);
    const avec = { ...vae, certifications: [{ code_certifinfo: "83899" }] };
    expect(dits(await verify(avec, [session]))).toEqual([]);
  });

  test("what the register says: over before the session, not for this organisme, unknown (S81, S140)", async () => {
    const certifications = ["RNCP37274", "RNCP35819", "RNCP12345"].map((code_rncp) => ({ code_rncp }));
    const verification = await verify(actionComplete({ validation: "rncp", certifications }), [
      sessionComplete(),
    ]);
    expect(dits(verification)).toEqual([
      ["certification-echue", "certifications[0]"],
      ["certification-sans-habilitation", "certifications[1]"],
      ["certification-inconnue-du-registre", "certifications[2]"],
    ]);
    expect(verification.bloquante).toBe(false);
  });

  test("a short session on fixed days is better the one of the year (S106, H10)", async () => {
    const courte = actionComplete({
      modalites: { ...actionComplete().modalites, heures_par_modalite: [{ modalite: "jour", heures: 14 }] },
    });
    const deuxJours = sessionComplete({ debut: "20270111", fin: "20270112" });
    const verification = await verify(courte, [deuxJours]);
    expect(dits(verification)).toEqual([["session-courte", "11:type_entree"]]);
    expect(dit(verification, "session-courte")[0]?.message).toContain("du 1er janvier au 31 décembre 2027");
    const annuelle = sessionComplete({ debut: "20270101", fin: "20271231", type_entree: "sequencees" });
    expect(dits(await verify(courte, [annuelle]))).toEqual([]);
    expect(dits(await verify(actionComplete({ parcours: "2" }), [deuxJours]))).toContainEqual([
      "session-courte",
      "11:type_entree",
    ]);
  });

  test("acronyms are explained once, for the whole form (S60)", async () => {
    const action = actionComplete({
      contenu: "Préparer le CACES, puis les EPI et l'AIPR. Évaluation en CCF.",
      objectif: "Conduire en sécurité : CACES (certificat d'aptitude à la conduite), un BTS est un plus.",
      modalites: { ...actionComplete().modalites, prerequis: "Équipements de protection individuelle (EPI)" },
    });
    const verification = await verify(action, [sessionComplete()]);
    expect(dit(verification, "sigle-non-defini")).toMatchObject([
      { champ: "contenu", value: "AIPR, CCF", severity: "information" },
    ]);
  });
});

describe("what the feed would say", () => {
  test("with its own codes, at the fields of the form, all at once", async () => {
    const action = actionComplete({
      intitule: "CONDUIRE UN CHARIOT ELEVATEUR",
      contenu: "<p>Théorie</p> puis pratique",
      modalites: { ...actionComplete().modalites, prix_total_ttc: "gratuit" },
      niveau_entree: "99",
    });
    const session = sessionComplete({
      debut: "20270618",
      fin: "20270104",
      recrutements: [{ modalite: "9" }],
      certifications: [{ code_rncp: "RNCP37274", validation: "totale", blocs: [] }],
      lieux: [lieu({ lignes: ["x".repeat(60)], code_postal: "33600", ville: "Pessac" })],
    });
    const verification = await verify(action, [session]);
    expect(dits(verification).sort()).toEqual(
      [
        ["intitule-majuscules", "intitule"],
        ["texte-html", "contenu"],
        ["xsd-code-inconnu", "niveau_entree"],
        ["prix-illisible", "modalites.prix_total_ttc"],
        ["fin-avant-debut", "11:fin"],
        ["information-collective-sans-date", "11:recrutements[0]"],
        ["information-collective-sans-lieu", "11:recrutements[0]"],
        ["reference-certification-inconnue", "11:certifications[0]"],
        ["xsd-texte-trop-long", "11:lieux[0].coordonnees.adresse.lignes[0]"],
      ].sort(),
    );
    expect(verification.bloquante).toBe(true);
  });
});

describe("where it will go", () => {
  const vers = ({ partenaires }: Verification, profil: string) =>
    partenaires.find((one) => one.profil === profil);

  test("each destination says why not, and what would change it", async () => {
    const verification = await verify(actionComplete(), [
      sessionComplete(),
      sessionComplete({ voie: "professionnalisation" }),
    ]);
    expect(vers(verification, "rco")).toMatchObject({
      dans: true,
      sessions: { dedans: 2, total: 2 },
      raisons: [],
    });
    expect(vers(verification, "kairos")).toMatchObject({ dans: false, sessions: { dedans: 0, total: 2 } });
    expect(vers(verification, "kairos")?.raisons.join("\n")).toMatch(/compte Kairos(?:.|\n)*voie d'accès/);
    expect(vers(verification, "lba")?.raisons).toHaveLength(2);
  });

  test("by what that partner alone refuses", async () => {
    const action = actionComplete({
      modalites: { ...actionComplete().modalites, prix_total_ttc: "gratuit" },
    });
    const verification = await verify(action, [sessionComplete()]);
    expect(verification.bloquante).toBe(false);
    expect(vers(verification, "rco")?.raisons.join()).toContain("Le prix « gratuit » n'est pas un nombre");
    expect(vers(verification, "moteur-pro")?.dans).toBe(true);
  });

  test("from a day counted from the control, or from now when it is online", async () => {
    const controle = await verify(actionComplete(), [sessionComplete()], { echeance: "2099-06-08" });
    // The last day of the control is a Monday; this partner takes two working days.
    expect(vers(controle, "rco")?.visibleLe).toBe("20990610");
    const enLigne = await verify(actionComplete(), [sessionComplete()], {
      etat: "publiee",
      echeance: "2099-06-08",
    });
    expect(Number(vers(enLigne, "rco")?.visibleLe)).toBeLessThan(20990000);
  });
});

function lieu(adresse: { lignes: string[]; code_postal: string; ville: string }) {
  return {
    principal: true,
    coordonnees: { lignes: [], telfixe: [], portable: [], fax: [], web: [], adresse },
  };
}
