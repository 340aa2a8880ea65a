import type { SecureContext } from "node:tls";
import type { Secrets, TransportHttps } from "../../partner/index.ts";
import type { Failure } from "../outcome.ts";
import type { Resolve } from "./address.ts";
import { headerSecretOf, secretOf } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";
import { tlsOf } from "./httpClient.ts";
import { accessToken } from "./oauth2.ts";

/** Who we are and what TLS rests on, for one request. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: SecureContext;
  /** The token in use when it can be asked for again. */
  readonly token?: string;
}

export interface Asking {
  readonly secrets: Secrets;
  readonly interne: boolean;
  readonly resolve?: Resolve | undefined;
  /** A token that has just been refused. */
  readonly refused?: string | undefined;
}

/** Gathers what the partner asks for: fixed and secret headers, `Authorization`, certificate. */
export async function credentialsOf(
  transport: TransportHttps,
  asking: Asking,
  deadline: Deadline,
): Promise<Credentials | Failure> {
  const { secrets } = asking;
  const tls = tlsOf(transport, secrets, { publiques: false });
  if ("kind" in tls) return tls;
  const headers: Record<string, string> = { ...transport.entetes };
  for (const nom of transport.entetes_secrets) {
    const value = headerSecretOf(secrets, `entete.${nom.toLowerCase()}`);
    if (typeof value !== "string") return value;
    headers[nom] = value;
  }
  const authorization = await authorizationOf(transport, asking, deadline);
  if ("kind" in authorization) return authorization;
  const { header, token } = authorization;
  if (header !== undefined) headers.authorization = header;
  return { headers, tls, ...(token === undefined ? {} : { token }) };
}

interface Authorization {
  readonly header?: string;
  readonly token?: string;
}

async function authorizationOf(
  transport: TransportHttps,
  { secrets, interne, resolve, refused }: Asking,
  deadline: Deadline,
): Promise<Authorization | Failure> {
  const { auth, delais } = transport;
  switch (auth.type) {
    case "aucune":
      return {};
    case "basic": {
      const found = secretOf(secrets, "mot_de_passe");
      if (typeof found !== "string") return found;
      const pair = Buffer.from(`${auth.identifiant}:${found}`).toString("base64");
      return { header: `Basic ${pair}` };
    }
    case "bearer": {
      const found = headerSecretOf(secrets, "jeton");
      return typeof found === "string" ? { header: `Bearer ${found}` } : found;
    }
    case "oauth2": {
      const secret = secretOf(secrets, "secret_client");
      if (typeof secret !== "string") return secret;
      const tls = tlsOf(transport, secrets, { publiques: true });
      if ("kind" in tls) return tls;
      const token = await accessToken(
        {
          auth,
          secret,
          dialling: { interne, resolve, tls, connexion: delais.connexion },
          reponse: delais.reponse,
          refused,
        },
        deadline,
      );
      return typeof token === "string" ? { header: `Bearer ${token}`, token } : token;
    }
  }
}
