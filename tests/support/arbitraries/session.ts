import fc, { type Arbitrary } from "fast-check";
import type {
  CertificationVisee,
  CodesCertification,
  Cycle,
  Formateur,
  Lieu,
  Recrutement,
} from "../../../src/published/contract/index.ts";
import { adresse, code, codeRef, contact, coordonnees, digits, list, periode, texte, url } from "./pieces.ts";

export const lieu: Arbitrary<Lieu> = fc.record(
  { siret: digits(14), uai: code("0331234A", "0751234B"), principal: fc.boolean(), coordonnees },
  { requiredKeys: ["principal", "coordonnees"] },
);

/** Codes that a `reference-certification` can say. */
const codesReference: Arbitrary<CodesCertification> = fc.oneof(
  fc.record(
    { code_rncp: code("RNCP35819", "474"), code_certifinfo: digits(6) },
    { requiredKeys: ["code_rncp"] },
  ),
  fc.record({ code_rs: code("RS5500", "RS6289") }),
  fc.record({ code_certifinfo: code("83899", "112173") }),
);

export const codesCertification: Arbitrary<CodesCertification> = fc
  .tuple(
    codesReference,
    fc.record({ code_cpf: code("CPF206", "CPF244583"), code_formacode: digits(5) }, { requiredKeys: [] }),
  )
  .map(([codes, autres]) => ({ ...codes, ...autres }));

/** At most `max` certifications, all different. */
export const certifications = (max: number): Arbitrary<CodesCertification[]> =>
  fc.uniqueArray(codesCertification, {
    maxLength: max,
    selector: ({ code_rncp, code_rs, code_certifinfo }) => [code_rncp, code_rs, code_certifinfo].join(),
  });

export const formateur: Arbitrary<Formateur> = fc.record(
  {
    numero: code("14_OF_0000000982", "01_OF1207"),
    siret: digits(14),
    raison_sociale: texte(250),
    contacts: list(contact, 0, 2),
    potentiel: list(codeRef, 0, 3),
    uai: code("0331234A"),
    certifications: list(codesReference, 0, 2),
  },
  { requiredKeys: ["siret", "raison_sociale", "contacts", "potentiel", "certifications"] },
);

export const recrutement: Arbitrary<Recrutement> = fc.record(
  {
    modalite: code("0", "3", "8", "9"),
    perimetre: code("0", "2", "3"),
    infos_perimetre: texte(50),
    a_distance: fc.boolean(),
    adresse,
    url,
    nb_places: fc.nat(99_999),
    periode,
    heure_debut: code("9h", "14h15"),
    heure_fin: code("12h", "17h30"),
    commentaire: texte(500),
  },
  { requiredKeys: ["modalite"] },
);

const bloc = fc.record({ code: code("RNCP35819BC01", "RNCP35819BC02"), libelle: texte(500) });

/** Certifications that a session aims at, whole or by blocs; RS entries have no bloc. */
export const certificationsVisees: Arbitrary<CertificationVisee[]> = fc
  .uniqueArray(
    fc.record(
      {
        codes: codesReference,
        validation: code("totale", "partielle", "mixte"),
        blocs: list(bloc, 0, 2),
      },
      { requiredKeys: ["codes", "blocs"] },
    ),
    {
      maxLength: 5,
      selector: ({ codes }) => [codes.code_rncp, codes.code_rs, codes.code_certifinfo].join(),
    },
  )
  .map((visees) =>
    visees.map(({ codes, blocs, ...reste }) => ({
      ...codes,
      ...reste,
      blocs: codes.code_rncp === undefined ? [] : blocs,
    })),
  );

export const cycle: Arbitrary<Cycle> = fc.record(
  {
    annees: list(fc.nat(9), 0, 3),
    effectif_minimal: fc.nat(99_999),
    capacite_simultanee: fc.nat(99_999),
    capacite_cumulee: fc.nat(99_999),
    rythme: fc.record({
      unite: code("0", "3", "4"),
      unites_entreprise: fc.nat(99),
      unites_centre: fc.nat(99),
    }),
  },
  { requiredKeys: ["annees"] },
);
