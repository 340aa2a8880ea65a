import { z } from "zod";
import type { Operation } from "./operation.ts";
import {
  zActionLue,
  zContenuAction,
  zContenuSession,
  zMoi,
  zPassage,
  zProbleme,
  zSessionLue,
  zVerification,
} from "./schemas.ts";

type Json = Readonly<Record<string, unknown>>;

const NOMMES = {
  ContenuAction: zContenuAction,
  ContenuSession: zContenuSession,
  Action: zActionLue,
  Session: zSessionLue,
  Verification: zVerification,
  Passage: zPassage,
  Moi: zMoi,
  Probleme: zProbleme,
} as const;

const REFUS: Readonly<Record<number, string>> = {
  400: "Un paramètre est mal écrit.",
  401: "Pas de clé, ou une clé qui n'ouvre rien.",
  403: "La clé ne permet pas cet acte.",
  404: "Rien de tel, ou pas de votre structure.",
  409: "L'état de la fiche ne le permet pas, ou elle a changé depuis que vous l'avez lue (`conflit`).",
  422: "Ce qui est envoyé n'a pas la forme attendue (`erreurs`, champ par champ).",
  429: "Trop de clés fausses.",
};

/** The OpenAPI 3.1 description, made of the schemas that check what comes in. @param server address of the API */
export function apiDocument(server: string, operations: readonly Operation[]): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NOMMES)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    unrepresentable: "any",
    uri: (id) => `#/components/schemas/${id}`,
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "offre-info : catalogue",
      version: "1",
      description:
        "Le catalogue d'une structure, pour ses logiciels : les actes des pages, sous les mêmes règles. Un refus dit toujours pourquoi, en français (RFC 9457).",
    },
    servers: [{ url: server }],
    security: [{ cle: [] }],
    paths: pathsOf(operations),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)])),
      securitySchemes: {
        cle: {
          type: "http",
          scheme: "bearer",
          description: "La clé de la structure, créée par son référent dans « Mes structures ».",
        },
      },
    },
  };
}

function pathsOf(operations: readonly Operation[]): Json {
  const paths: Record<string, Record<string, Json>> = {
    "/openapi.json": {
      get: {
        operationId: "lireDescription",
        summary: "Ce document.",
        security: [],
        responses: { "200": answer("OpenAPI 3.1.", { type: "object" }) },
      },
    },
  };
  for (const one of operations) {
    paths[one.chemin] ??= {};
    Object.assign(paths[one.chemin] ?? {}, { [one.methode.toLowerCase()]: operationOf(one) });
  }
  return paths;
}

function operationOf(one: Operation): Json {
  const { nom, methode, resume, theme, chemin, query, corps, roles, statut, reponse } = one;
  const hasId = chemin.includes("{id}");
  const refused = [
    401,
    429,
    ...(query === undefined ? [] : [400]),
    ...(roles === undefined ? [] : [403]),
    ...(hasId ? [404] : []),
    ...(corps === undefined ? [] : [400, 422]),
    ...(methode === "GET" ? [] : [409]),
  ];
  return {
    operationId: nom,
    summary: resume,
    tags: [theme],
    parameters: [...(hasId ? [ID] : []), ...parametersOf(query)],
    ...(corps === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: schemaOf(corps) } } } }),
    responses: {
      [statut]: answer("Fait.", schemaOf(reponse)),
      ...Object.fromEntries(
        [...new Set(refused)].sort().map((code) => [
          code,
          {
            description: REFUS[code],
            content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Probleme" } } },
          },
        ]),
      ),
    },
  };
}

const ID: Json = {
  name: "id",
  in: "path",
  required: true,
  description: "Numéro de la fiche, ici.",
  schema: { type: "integer", minimum: 1 },
};

const answer = (description: string, schema: Json): Json => ({
  description,
  content: { "application/json": { schema } },
});

function parametersOf(query: z.ZodType | undefined): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {} } = z.toJSONSchema(query, { io: "output", unrepresentable: "any" });
  const { required = [] } = z.toJSONSchema(query, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = typeof schema === "object" ? schema : {};
    return {
      name,
      in: "query",
      required: required.includes(name) && !("default" in rest),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

/** A schema with those that have a name left as references. */
function schemaOf(schema: z.ZodType): Json {
  const named = Object.entries(NOMMES).find(([, one]) => one === schema);
  if (named !== undefined) return { $ref: `#/components/schemas/${named[0]}` };
  return pointed(bare(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })));
}

/** Without what only makes sense in a document of its own. */
function bare({ $schema: _, $id: __, $defs: ___, id: ____, ...schema }: Json): Json {
  return schema;
}

/** References to the definitions of a schema alone become references to those of the document. */
function pointed(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
