import { request } from "undici";
import { expect } from "vitest";
import { z } from "zod";

type Json = Readonly<Record<string, unknown>>;

interface Declared {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: Json }>> }>
  >;
}

/** An OpenAPI document as its reader takes it. */
export interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Declared>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** Checks a value by a schema of the document. */
function checker({ components }: Description, schema: Json): z.ZodType {
  const local = JSON.parse(
    JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll(
      '"#/components/schemas/',
      '"#/$defs/',
    ),
  );
  return z.fromJSONSchema(local);
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: what each answer holds is checked by the document
  readonly json: any;
}

export interface Client {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
}

/** A client that believes nothing: each answer must be one that the document announces, and hold what it says. */
export function clientOf(base: string, description: Description, used: Set<string>, cle?: string): Client {
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answered = await request(`${base}/api/v1${path}`, {
      method: method as "GET",
      headers: {
        ...(cle === undefined ? {} : { authorization: `Bearer ${cle}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: text }),
    });
    const status = answered.statusCode;
    const json: unknown = await answered.body.json();
    const declared = declaredFor(description, method, path);
    const type = String(answered.headers["content-type"]).split(";")[0] ?? "";
    const schema = declared.responses[status]?.content[type]?.schema;
    expect(schema, `${method} ${path} : ${status} ${type} ${JSON.stringify(json)}`).toBeDefined();
    const read = checker(description, schema ?? {}).safeParse(json);
    expect(read.error?.issues ?? [], `${method} ${path}`).toEqual([]);
    if (status < 300) used.add(declared.operationId);
    return { status, headers: answered.headers, json };
  };
  return {
    get: (path) => ask("GET", path),
    post: (path, body = {}) => ask("POST", path, body),
    put: (path, body) => ask("PUT", path, body),
  };
}

function declaredFor({ paths }: Description, method: string, path: string): Declared {
  const template = (path.split("?")[0] ?? "").replace(/\/(\d+|abc|999999)(?=\/|$)/, "/{id}");
  const found = paths[template]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`${method} ${template} is not in the document`);
  return found;
}
