import { createHash } from "node:crypto";
import { z } from "zod";
import { monotonic } from "../../calendar/index.ts";
import type { Auth } from "../../partner/index.ts";
import { type Failure, failure } from "../outcome.ts";
import { Bounded, jsonOf } from "./answer.ts";
import type { Deadline } from "./deadline.ts";
import { type Dialling, leave, openClient } from "./httpClient.ts";
import { networkFault } from "./networkFault.ts";

type OAuth2 = Extract<Auth, { type: "oauth2" }>;

const MOST_ANSWER = 64 * 1024;
/** A token is renewed this long before it expires, milliseconds: it must last for the push. */
const MARGIN_MS = 60_000;
/** When the server does not say how long its token holds, seconds. */
const UNSAID = 300;

const zToken = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.coerce.number().positive().catch(UNSAID),
});

interface Held {
  readonly token: string;
  /** On the monotonic clock. */
  readonly until: number;
}

/** Tokens of this process, by what they were asked with. */
const held = new Map<string, Held>();

export interface TokenRequest {
  readonly auth: OAuth2;
  readonly secret: string;
  readonly dialling: Dialling;
  /** Seconds, for the answer. */
  readonly reponse: number;
  /** A token that the partner has just refused: not to be given again. */
  readonly refused?: string | undefined;
}

/** An access token by client credentials (RFC 6749, 4.4), kept until shortly before it expires. */
export async function accessToken(request: TokenRequest, deadline: Deadline): Promise<string | Failure> {
  const { auth, secret, refused } = request;
  const key = createHash("sha256")
    .update(JSON.stringify([auth.url_jeton, auth.client_id, auth.scope, secret]))
    .digest("hex");
  const known = held.get(key);
  if (known !== undefined && known.token !== refused && known.until > monotonic()) return known.token;
  held.delete(key);
  const asked = monotonic();
  const given = await ask(request, deadline);
  if ("kind" in given) return given;
  held.set(key, { token: given.access_token, until: asked + given.expires_in * 1000 - MARGIN_MS });
  return given.access_token;
}

async function ask(
  { auth, secret, dialling, reponse }: TokenRequest,
  deadline: Deadline,
): Promise<z.output<typeof zToken> | Failure> {
  const url = new URL(auth.url_jeton);
  const client = await openClient(url, dialling, deadline);
  if ("kind" in client) return about(client);
  try {
    deadline.within(dialling.connexion + reponse, "Le serveur de jetons ne répond pas dans le délai.");
    const { statusCode, body } = await client.request({
      method: "POST",
      path: `${url.pathname}${url.search}`,
      signal: deadline.signal,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
        "accept-encoding": "identity",
        "user-agent": "offre-info",
        ...(auth.identification === "entete" ? { authorization: basic(auth.client_id, secret) } : {}),
      },
      body: formOf(auth, secret),
    });
    const read = new Bounded(MOST_ANSWER);
    await read.read(body);
    return tokenOf(statusCode, read.bytes().toString("utf8"));
  } catch (error) {
    return deadline.stopped() ?? about(networkFault(error));
  } finally {
    await leave(client);
  }
}

function formOf({ client_id, scope, identification }: OAuth2, secret: string): string {
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (scope !== undefined) form.set("scope", scope);
  if (identification === "corps") {
    form.set("client_id", client_id);
    form.set("client_secret", secret);
  }
  return form.toString();
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
function basic(id: string, secret: string): string {
  const encoded = (text: string) => new URLSearchParams({ t: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString("base64")}`;
}

function tokenOf(status: number, text: string): z.output<typeof zToken> | Failure {
  const answer = jsonOf(text);
  if (status === 400 || status === 401 || status === 403) {
    const { data } = z.object({ error: z.string().max(100) }).safeParse(answer);
    return failure(
      "acces_refuse",
      `Le serveur de jetons refuse notre client (${status}${data === undefined ? "" : `, ${data.error}`}).`,
    );
  }
  const token = zToken.safeParse(answer);
  if (status === 200 && token.success) return token.data;
  return failure(
    "jeton_indisponible",
    status === 200
      ? "Le serveur de jetons a répondu sans donner de jeton lisible."
      : `Le serveur de jetons a répondu ${status} au lieu d'un jeton.`,
  );
}

/** The operator must know which of the two servers it is about. */
const about = ({ classe, message }: Failure): Failure => failure(classe, `Serveur de jetons : ${message}`);
