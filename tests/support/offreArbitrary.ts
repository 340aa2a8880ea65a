import fc, { type Arbitrary } from "fast-check";
import type { Entree } from "../../src/feed/index.ts";
import {
  type Action,
  type Certification,
  type Organisme,
  type Session,
  TYPES_ENTREE,
  type Version,
  VOIES,
} from "../../src/published/contract/index.ts";
import { modalites } from "./arbitraries/modalites.ts";
import {
  adresse,
  code,
  codeRef,
  contact,
  coordonnees,
  date,
  digits,
  list,
  periode,
  texte,
  url,
} from "./arbitraries/pieces.ts";
import {
  certifications,
  certificationsVisees,
  cycle,
  formateur,
  lieu,
  recrutement,
} from "./arbitraries/session.ts";
import { telQuelAction, telQuelOrganisme, telQuelSession } from "./arbitraries/telQuel.ts";

/** Any fields beside those that a record cannot do without. */
const organisme: Arbitrary<Organisme> = fc.record(
  {
    numero_lheo: code("14_OF_0000000981", "01_OF1207"),
    numero_activite: digits(11),
    siret: digits(14),
    nom: texte(250),
    raison_sociale: texte(250),
    coordonnees,
    contacts: list(contact, 0, 2),
    renseignements_specifiques: texte(3000),
    potentiel: list(codeRef, 0, 3),
    uai: code("0331234A"),
    qualiopi: fc.subarray(["formation", "bilan", "vae", "apprentissage"] as const).map((kept) => [...kept]),
    compte_kairos: fc.boolean(),
    tel_quel: telQuelOrganisme,
  },
  {
    requiredKeys: [
      "numero_activite",
      "siret",
      "nom",
      "raison_sociale",
      "coordonnees",
      "contacts",
      "potentiel",
      "qualiopi",
      "compte_kairos",
      "tel_quel",
    ],
  },
);

const action: Arbitrary<Action> = fc.record(
  {
    numero_lheo: code("14_AF_0000011179", "01_GE245976"),
    organisme: fc.constant("OF1"),
    conventionnee: fc.boolean(),
    intitule: texte(255),
    le_plus: texte(500),
    objectif_general: code("2", "6", "9"),
    objectif: texte(3000),
    contenu: texte(3000),
    resultats_attendus: texte(3000),
    validation: code("attestation", "rncp", "autre"),
    certifiante: fc.boolean(),
    certifications: certifications(5),
    codes_type_formation: list(
      fc.record({ code_cpf: code("CPF206"), code_elu: code("ELU1001", "1002") }, { requiredKeys: [] }),
      0,
      2,
    ),
    formacodes: list(codeRef, 0, 5),
    nsf: list(digits(3), 0, 3),
    rome: list(code("D1402", "N1303"), 0, 5),
    contacts: list(contact, 0, 2),
    parcours: code("1", "2", "4"),
    niveau_entree: code("0", "4", "14"),
    niveau_sortie: code("0", "6", "15"),
    urls: list(url, 0, 3),
    identifiant_module: texte(100),
    positionnement: code("1", "2"),
    modalites,
    datecrea: date,
    datemaj: date,
    tel_quel: telQuelAction,
  },
  {
    requiredKeys: [
      "organisme",
      "conventionnee",
      "intitule",
      "objectif",
      "contenu",
      "certifications",
      "codes_type_formation",
      "formacodes",
      "nsf",
      "rome",
      "contacts",
      "urls",
      "modalites",
      "tel_quel",
    ],
  },
);

const session: Arbitrary<Session> = fc.record(
  {
    action: fc.constant("A1"),
    voie: code(...VOIES),
    debut: date,
    fin: date,
    type_entree: code(...TYPES_ENTREE),
    lieux: list(lieu, 0, 3),
    formateurs: list(formateur, 0, 2),
    contacts: list(contact, 0, 2),
    adresse_inscription: adresse,
    modalites_inscription: texte(255),
    periode_inscription: periode,
    etat_recrutement: code("1", "2", "3"),
    recrutements: list(recrutement, 0, 2),
    urls: list(url, 0, 3),
    certifications: certificationsVisees,
    commentaire: texte(500),
    cycle,
    modalites,
    datecrea: date,
    datemaj: date,
    tel_quel: telQuelSession,
  },
  {
    requiredKeys: [
      "action",
      "voie",
      "debut",
      "fin",
      "type_entree",
      "lieux",
      "formateurs",
      "contacts",
      "recrutements",
      "urls",
      "certifications",
      "modalites",
      "tel_quel",
    ],
  },
);

/** What the registers know of one of the certifications above, with more blocs than a session may list, or as many. */
const registre: Arbitrary<Certification> = fc.record({
  type: fc.constant("rncp" as const),
  intitule: texte(200),
  code_rncp: fc.constant("RNCP35819"),
  debut_validite: fc.constant("20240101"),
  blocs: list(fc.record({ code: code("RNCP35819BC01", "RNCP35819BC03"), libelle: texte(100) }), 0, 2),
});

const instant = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2026-11-20T00:00:00Z"),
  noInvalidDate: true,
});

function version<T>(numero: string, contenu: T, premiere: Date, days: number): Version<T> {
  const misEnLigneAt = new Date(premiere.getTime() + days * 86_400_000);
  return { numero, contenu, version: 1, misEnLigneAt, premiereMiseEnLigneAt: premiere };
}

/**
 * An offer as the publisher reads it: organisme, action, one to four sessions, everything that a record may hold,
 * what an import laid beside it included. Each value is one that the schema takes.
 */
export const offreArbitrary: Arbitrary<Entree> = fc
  .record({
    organisme,
    action,
    sessions: list(fc.record({ contenu: session, numeros: fc.constantFrom("nôtres", "reçus") }), 1, 4),
    registre: fc.option(registre),
    premiere: instant,
    days: fc.nat(60),
  })
  .map(({ organisme, action, sessions, registre, premiere, days }) => ({
    organisme: version("OF1", organisme, premiere, 0),
    action: version("A1", action, premiere, days),
    sessions: sessions.map(({ contenu, numeros }, rank) => {
      const recus = { numero_lheo: `SE_${rank}`, numero_action_lheo: `14_SE_${rank}` };
      // Not in the order of their numbers.
      return version(
        `S${9 - rank}`,
        numeros === "reçus" ? { ...contenu, ...recus } : contenu,
        premiere,
        rank,
      );
    }),
    certifications: new Map(registre === null ? [] : [["RNCP35819", registre]]),
    habilitations: new Map([["RNCP35819", { organisme: "OF1", certification: "RNCP35819" }]]),
    certifieeDepuis: new Map(),
  }));
