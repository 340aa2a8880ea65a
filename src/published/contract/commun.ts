import { z } from "zod";

/**
 * Pieces shared by the records of the contract. Names are those of the guide and of LHEO, in French
 * snake_case, because an agency reads them as the columns of its `source_*` views.
 */

/** Free text as typed; trimming, cleaning and length are the business of the rules, not of the contract. */
export const zTexte = z.string();

/** AAAAMMJJ, possibly partial (`AAAAMM00`, `AAAA0000`) or unknown (`00000000`, `99999999`). LHEO `debut`, `fin`, `date`. */
export const zDateLheo = z.string();

export const zAdresse = z.strictObject({
  denomination: zTexte.nullish(),
  /** 1 to 4 lines of at most 50 characters; S111 "Nom de la voie". */
  lignes: z.array(zTexte).default([]),
  code_postal: zTexte,
  ville: zTexte,
  departement: zTexte.nullish(),
  code_insee_commune: zTexte.nullish(),
  code_insee_canton: zTexte.nullish(),
  region: zTexte.nullish(),
  pays: zTexte.nullish(),
  latitude: zTexte.nullish(),
  longitude: zTexte.nullish(),
});

export const zCoordonnees = z.strictObject({
  civilite: zTexte.nullish(),
  nom: zTexte.nullish(),
  prenom: zTexte.nullish(),
  lignes: z.array(zTexte).default([]),
  adresse: zAdresse.nullish(),
  telfixe: z.array(zTexte).default([]),
  portable: z.array(zTexte).default([]),
  fax: z.array(zTexte).default([]),
  courriel: zTexte.nullish(),
  web: z.array(zTexte).default([]),
});

export const zContact = z.strictObject({
  /** dict-type-contact, 0 to 14. */
  type_contact: zTexte.nullish(),
  /** Written as `tag="principal"`. */
  principal: z.boolean().default(false),
  coordonnees: zCoordonnees,
});

/**
 * A code of a thesaurus with the version it was taken from (`@ref`), kept as given: `V14`, ours, when absent; none is
 * written when it is empty, which an import says of a code that came without.
 */
export const zCodeRef = z.strictObject({ code: zTexte, ref: zTexte.nullish() });

export const zPeriode = z.strictObject({ debut: zDateLheo, fin: zDateLheo });

/** Codes of one certification, each as the source writes it (with or without its prefix). LHEO `certification`. */
export const zCodesCertification = z.strictObject({
  code_rncp: zTexte.nullish(),
  code_certifinfo: zTexte.nullish(),
  code_rs: zTexte.nullish(),
  code_cpf: zTexte.nullish(),
  code_formacode: zTexte.nullish(),
});

export const zBloc = z.strictObject({ code: zTexte, libelle: zTexte });

/**
 * What an imported record carries and the contract does not model: attributes, extras, whole elements. Each entry
 * is laid over the built LHEO value at `chemin` (`""` is the record's own element, else `a/b[2]/c`, 1-based), and
 * only ever adds to it.
 */
export const zTelQuel = z.array(
  z.strictObject({
    chemin: z.string(),
    attributs: z.record(z.string(), z.string()).optional(),
    /** LHEO values by element name, `extras` included, in the shape that `src/lheo` reads and writes. */
    elements: z.record(z.string(), z.unknown()).optional(),
  }),
);

/** What every record of the contract carries beside its own fields. */
export const champsDeSuivi = {
  /** AAAAMMJJ as the source gives them; without them the dates of mise en ligne are written. */
  datecrea: zTexte.nullish(),
  datemaj: zTexte.nullish(),
  tel_quel: zTelQuel.default([]),
};

export type Adresse = z.infer<typeof zAdresse>;
export type Coordonnees = z.infer<typeof zCoordonnees>;
export type Contact = z.infer<typeof zContact>;
export type CodeRef = z.infer<typeof zCodeRef>;
export type Periode = z.infer<typeof zPeriode>;
export type CodesCertification = z.infer<typeof zCodesCertification>;
export type Bloc = z.infer<typeof zBloc>;
export type TelQuel = z.infer<typeof zTelQuel>;
