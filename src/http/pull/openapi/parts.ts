/** Pieces of the OpenAPI document that several addresses share. */

type Json = Readonly<Record<string, unknown>>;

export const XML_TYPE = "application/xml";

const text = { type: "string" } as const;

const path = (name: string, description: string, schema: Json = text): Json => ({
  name,
  in: "path",
  required: true,
  description,
  schema,
});

const query = (name: string, description: string, schema: Json = text, required = false): Json => ({
  name,
  in: "query",
  required,
  description,
  schema,
});

const header = (name: string, description: string): Json => ({
  name,
  in: "header",
  description,
  schema: text,
});

const whole = (minimum: number, maximum: number, byDefault: number): Json => ({
  type: "integer",
  minimum,
  maximum,
  default: byDefault,
});

export const PARAMETERS = {
  profil: path("profil", "Profil du flux, par exemple `rco`.", {
    type: "string",
    pattern: "^[a-z][a-z0-9-]*$",
  }),
  fichier: path("fichier", "`<sha256>.xml` ou `<sha256>.xml.gz`.", {
    type: "string",
    pattern: "^[0-9a-f]{64}\\.xml(\\.gz)?$",
  }),
  plan: path("fichier", "`1.xml`, `2.xml`…, comme `/sitemap.xml` les donne."),
  session: path("session", "Numéro de la session."),
  num: query("num", "Numéro de la formation, tel que dans le flux, ou sans la base.", text, true),
  depuisSha: query(
    "depuis",
    "Empreinte sha256 du fichier que vous avez.",
    { type: "string", pattern: "^[0-9a-f]{64}$" },
    true,
  ),
  suite: query("suite", "Donné par `next` : ne se compose pas."),
  tailleChangements: query("taille", "Sessions examinées par page.", whole(1, 5000, 1000)),
  departement: query("departement", "Codes de département, séparés par des virgules."),
  formacode: query("formacode", "Codes FORMACODE, séparés par des virgules."),
  depuis: query("depuis", "Offres entrées ou changées dans ce flux depuis ce jour (Paris) ou cet instant."),
  page: query("page", "À partir de 1.", whole(1, 1_000_000, 1)),
  taille: query("taille", "Offres par page.", whole(1, 500, 100)),
  ifNoneMatch: header("If-None-Match", "ETag déjà reçu : 304 si rien n'a changé."),
  range: header("Range", "Un morceau, par exemple `bytes=1000-`."),
  ifRange: header("If-Range", "ETag de ce que le morceau complète."),
} as const;

export type ParameterName = keyof typeof PARAMETERS;

/** Why an address answers otherwise, by status; the sentence is in the answer. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: "Un paramètre est mal écrit.",
  401: "Flux réservé : donnez la clé du partenaire.",
  404: "Rien de tel : profil, flux ou numéro inconnu.",
  410: "Ce qui était là a été retiré.",
  412: "La condition de la demande ne tient plus.",
  416: "Le morceau demandé est hors du fichier.",
  503: "Pas encore prêt à servir.",
};

export function refusals(...statuts: readonly number[]): Json {
  return Object.fromEntries(
    statuts.map((statut) => [
      String(statut),
      {
        description: REFUSALS[statut],
        content: {
          "text/plain": { schema: text },
          "application/json": { schema: { $ref: "#/components/schemas/Refus" } },
        },
      },
    ]),
  );
}

/** An answer with something in it. */
export function answer(description: string, type: string, schema: Json = text): Json {
  return { description, content: { [type]: { schema } } };
}

const object = (properties: Json): Json => ({
  type: "object",
  properties,
  required: Object.keys(properties),
});

const sha256 = { type: "string", pattern: "^[0-9a-f]{64}$" };
const instant = { type: "string", format: "date-time" };
const count = { type: "integer", minimum: 0 };
const feed = object({ sha256: { oneOf: [sha256, { type: "null" }] }, at: instant });

export const SCHEMAS = {
  Refus: object({ statut: { type: "integer" }, titre: text, message: text }),
  Manifest: {
    ...object({
      profil: text,
      generated_at: instant,
      watermark: instant,
      lheo_version: { const: "2.3" },
      xsd_version: text,
      rules_version: text,
      files: {
        type: "array",
        items: object({ name: text, media_type: text, bytes: count, sha256 }),
      },
      content_sha256: text,
      previous_sha256: { oneOf: [sha256, { type: "null" }] },
      counts: object({ formations: count, actions: count, sessions: count }),
      set_aside: object({ formations: count, sessions: count }),
      defaults: { type: "object", additionalProperties: count },
    }),
  },
  Changements: object({
    profil: text,
    since: feed,
    until: feed,
    changes: { type: "array", items: { $ref: "#/components/schemas/Changement" } },
    next: { oneOf: [{ type: "string", format: "uri" }, { type: "null" }] },
  }),
  Changement: {
    type: "object",
    required: ["change", "formation", "action", "session", "at"],
    properties: {
      change: { enum: ["created", "updated", "deleted"] },
      formation: text,
      action: text,
      session: text,
      at: instant,
      href: { type: "string", format: "uri", description: "De ce qui est créé ou modifié." },
      reason: { type: "string", description: "De ce qui est supprimé, en code." },
      reason_label: text,
    },
  },
} as const;
