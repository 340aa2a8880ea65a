import { answer, PARAMETERS, type ParameterName, refusals, SCHEMAS, XML_TYPE } from "./parts.ts";

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly resume: string;
  readonly parametres?: readonly ParameterName[];
  readonly reponses: Json;
  /** Of a feed: a key when the profile is restricted. */
  readonly flux?: boolean;
}

const NOT_MODIFIED = { "304": { description: "Rien n'a changé depuis l'ETag donné." } };
const FILE = ["profil", "ifNoneMatch", "range", "ifRange"] as const;
const file = (type: string): Json => ({
  "200": answer("Le fichier entier.", type),
  "206": answer("Le morceau demandé.", type),
  ...NOT_MODIFIED,
  ...refusals(401, 404, 410, 412, 416),
});
const document = (description: string, type: string, ...refused: readonly number[]): Json => ({
  "200": answer(description, type),
  ...NOT_MODIFIED,
  ...refusals(412, ...refused),
});
const json = (description: string, schema: string) =>
  answer(description, "application/json", { $ref: `#/components/schemas/${schema}` });

/** Every address of the pull, and those that watch over the service. */
const PATHS: Readonly<Record<string, Operation>> = {
  "/flux/{profil}/offre-info.xml": {
    resume: "Le flux courant. `Content-Location` donne l'adresse qui ne changera pas.",
    parametres: FILE,
    reponses: file(XML_TYPE),
    flux: true,
  },
  "/flux/{profil}/offre-info.xml.gz": {
    resume: "Le même, en gzip.",
    parametres: FILE,
    reponses: file("application/gzip"),
    flux: true,
  },
  "/flux/{profil}/{fichier}": {
    resume: "Un flux publié, par son empreinte : ces octets ne changent jamais.",
    parametres: [...FILE, "fichier"],
    reponses: file(XML_TYPE),
    flux: true,
  },
  "/flux/{profil}/manifest.json": {
    resume: "Ce qu'est le flux courant : fichiers, empreintes, nombres, écartées.",
    parametres: ["profil", "ifNoneMatch"],
    reponses: { "200": json("Le manifeste.", "Manifest"), ...NOT_MODIFIED, ...refusals(401, 404, 412) },
    flux: true,
  },
  "/flux/{profil}/SHA256SUMS": {
    resume: "Les empreintes, comme `sha256sum -c` les lit.",
    parametres: ["profil", "ifNoneMatch"],
    reponses: document("Les empreintes.", "text/plain", 401, 404, 410),
    flux: true,
  },
  "/flux/{profil}/formation": {
    resume: "Une formation du flux courant, dans un document LHEO à elle.",
    parametres: ["profil", "num", "ifNoneMatch"],
    reponses: document("`lheo` avec cette seule formation.", XML_TYPE, 400, 401, 404, 410),
    flux: true,
  },
  "/flux/{profil}/lheo-index.xml": {
    resume: "Les offres du flux courant en résumé, avec un lien vers chacune. Les pages sont dans `Link`.",
    parametres: ["profil", "departement", "formacode", "depuis", "page", "taille", "ifNoneMatch"],
    reponses: document("`lheo-index` d'une page d'offres.", XML_TYPE, 400, 401, 404, 410),
    flux: true,
  },
  "/flux/{profil}/changements": {
    resume: "Ce qui est créé, modifié, supprimé depuis un flux que vous avez.",
    parametres: ["profil", "depuisSha", "taille", "suite", "ifNoneMatch"],
    reponses: {
      "200": json("Une page de changements.", "Changements"),
      ...NOT_MODIFIED,
      ...refusals(400, 401, 404, 410, 412),
    },
    flux: true,
  },
  "/offres/{session}": {
    resume: "La page publique d'une session, avec schema.org Course en JSON-LD.",
    parametres: ["session", "ifNoneMatch"],
    reponses: document("La page.", "text/html", 404, 410),
  },
  "/sitemap.xml": {
    resume: "Les plans du site.",
    reponses: { "200": answer("`sitemapindex`.", XML_TYPE) },
  },
  "/sitemap/{fichier}": {
    resume: "Un plan : 50 000 pages au plus, chacune avec la date depuis laquelle elle se lit ainsi.",
    parametres: ["plan"],
    reponses: { "200": answer("`urlset`.", XML_TYPE), ...refusals(404) },
  },
  "/robots.txt": {
    resume: "Ce que les moteurs peuvent lire.",
    reponses: { "200": answer("Les règles.", "text/plain") },
  },
  "/openapi.json": {
    resume: "Ce document.",
    reponses: { "200": answer("OpenAPI 3.1.", "application/json", { type: "object" }) },
  },
  "/health": {
    resume: "Le service vit.",
    reponses: { "200": answer("Il vit.", "application/json", { type: "object" }) },
  },
  "/ready": {
    resume: "Le service peut servir.",
    reponses: {
      "200": answer("Prêt.", "application/json", { type: "object" }),
      "503": answer("Pas prêt, et pourquoi.", "application/json", { type: "object" }),
    },
  },
  "/metrics": {
    resume: "Mesures pour Prometheus, avec le jeton METRICS_TOKEN ou depuis la machine elle-même.",
    reponses: { "200": answer("Les mesures.", "text/plain"), ...refusals(401) },
  },
};

/** The OpenAPI 3.1 document. @param server address of the site, without a slash at the end */
export function openapiDocument(server: string): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "offre-info",
      version: "1",
      description:
        "Offre de formation publiée en LHEO 2.3. Un refus dit toujours pourquoi, en français, en texte ou en JSON selon `Accept`.",
    },
    servers: [{ url: server }],
    paths: Object.fromEntries(Object.entries(PATHS).map(([path, one]) => [path, pathItem(path, one)])),
    components: {
      parameters: PARAMETERS,
      schemas: SCHEMAS,
      securitySchemes: {
        cle: { type: "http", scheme: "bearer", description: "La clé du partenaire." },
        nomEtCle: { type: "http", scheme: "basic", description: "Le nom du partenaire, et sa clé." },
      },
    },
  };
}

function pathItem(path: string, { resume, parametres = [], reponses, flux = false }: Operation): Json {
  return {
    get: {
      operationId: path.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, ""),
      summary: resume,
      parameters: parametres.map((name) => ({ $ref: `#/components/parameters/${name}` })),
      responses: reponses,
      // A public profile asks for none.
      ...(flux ? { security: [{}, { cle: [] }, { nomEtCle: [] }] } : {}),
    },
  };
}
