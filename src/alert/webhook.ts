import { createHmac } from "node:crypto";
import { Client } from "undici";
import { pinnedLookup, type Resolve, resolveTarget } from "../net/index.ts";
import { type Channel, ChannelError } from "./channel.ts";
import type { AlertMessage } from "./message.ts";

export interface WebhookOptions {
  readonly url: string;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  /** May be an inside address, and in clear. */
  readonly interne: boolean;
  readonly resolve?: Resolve;
  /** For the whole exchange, milliseconds; 15 s when not given. */
  readonly delaiMs?: number;
}

/**
 * Posts the alert as JSON, signed as Standard Webhooks says (id, timestamp and body): https://www.standardwebhooks.com.
 * The address is resolved once, looked at, and nothing else is dialled; a redirection is not followed.
 */
export function webhookChannel(options: WebhookOptions): Channel {
  return {
    id: "webhook",
    attente: 2,
    intervalle: 10,
    async send(message, maintenant) {
      const status = await post(options, message, maintenant);
      if (status < 200 || status >= 300) throw new ChannelError(`Le webhook a répondu ${status}.`);
    },
  };
}

async function post(
  { url: text, secret, interne, resolve, delaiMs = 15_000 }: WebhookOptions,
  message: AlertMessage,
  maintenant: Date,
): Promise<number> {
  const url = new URL(text);
  const target = await resolveTarget(url, interne, resolve);
  if ("kind" in target)
    throw new ChannelError(
      target.classe === "dns"
        ? target.message
        : "L'adresse du webhook n'est pas en https, ou mène à l'intérieur du réseau : rien n'a été envoyé. Si c'est voulu : ALERT_WEBHOOK_INTERNE=oui.",
    );
  const client = new Client(url.origin, {
    connect: { timeout: delaiMs, lookup: pinnedLookup(target) },
    pipelining: 1,
  });
  try {
    const { statusCode, body } = await client.request({
      method: "POST",
      path: `${url.pathname}${url.search}`,
      headers: { ...authorization(url), ...signed(secret, message, maintenant) },
      body: bodyOf(message, maintenant),
      signal: AbortSignal.timeout(delaiMs),
    });
    body.on("error", () => undefined).destroy();
    return statusCode;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "délai dépassé";
    throw new ChannelError(`Le webhook ne répond pas (${code}).`);
  } finally {
    await client.destroy();
  }
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

function signed(secret: string, message: AlertMessage, maintenant: Date): Record<string, string> {
  const timestamp = String(Math.floor(maintenant.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key)
    .update(`${message.id}.${timestamp}.${bodyOf(message, maintenant)}`)
    .digest("base64");
  return {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "offre-info",
    "webhook-id": message.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}

function bodyOf({ id, etat, sujet, texte, alerte, fois }: AlertMessage, maintenant: Date): string {
  return JSON.stringify({
    type: `alerte.${etat}`,
    timestamp: maintenant.toISOString(),
    data: {
      id,
      alerte: alerte.id,
      cle: alerte.cle,
      code: alerte.code,
      message: alerte.message,
      detail: alerte.detail,
      ouverte_le: alerte.opened_at.toISOString(),
      resolue_le: alerte.closed_at?.toISOString() ?? null,
      fois,
      sujet,
      texte,
    },
  });
}
