import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import type { Partner, Secrets, TransportDossier, TransportHttps } from "../../partner/index.ts";
import type { Resolve } from "./address.ts";
import { startDeadline } from "./deadline.ts";
import { credentialsOf } from "./httpAuth.ts";
import { leave, openClient } from "./httpClient.ts";
import { networkFault } from "./networkFault.ts";
import { openRetrieval, RetrievalError } from "./retrieve.ts";

/** How the way to a partner was found, in French. */
export interface EssaiDeConnexion {
  readonly reussi: boolean;
  readonly message: string;
}

/**
 * Goes as far as the partner's door with the credentials that a sending would use, and sends nothing: over HTTPS one
 * HEAD, over SFTP the list of the drop folder, which change nothing there. Bounded in time; never throws.
 */
export async function probeConnection(
  { transport, interne }: Pick<Partner, "transport" | "interne">,
  secrets: Secrets,
  signal: AbortSignal,
  resolve?: Resolve,
): Promise<EssaiDeConnexion> {
  try {
    switch (transport.type) {
      case "https":
        return await probeHttps(transport, { interne, secrets, resolve }, signal);
      case "sftp": {
        const way = await openRetrieval({ transport, interne }, secrets, signal, resolve);
        try {
          const files = await way.list(transport.dossier);
          return {
            reussi: true,
            message: `Le serveur SFTP est bien celui attendu, il accepte notre compte, et le dossier « ${transport.dossier} » se lit (${files.length} fichiers). Le droit d'y écrire n'est pas essayé.`,
          };
        } finally {
          await way.close();
        }
      }
      case "dossier":
        return await probeFolder(transport);
    }
  } catch (error) {
    if (error instanceof RetrievalError) return { reussi: false, message: error.failure.message };
    throw error;
  }
}

async function probeHttps(
  transport: TransportHttps,
  asking: {
    readonly interne: boolean;
    readonly secrets: Secrets;
    readonly resolve?: Resolve | undefined;
  },
  signal: AbortSignal,
): Promise<EssaiDeConnexion> {
  const deadline = startDeadline(signal);
  const url = new URL(transport.url);
  try {
    const credentials = await credentialsOf(transport, asking, deadline);
    if ("kind" in credentials) return { reussi: false, message: credentials.message };
    const { connexion, reponse } = transport.delais;
    const client = await openClient(url, { ...asking, tls: credentials.tls, connexion }, deadline);
    if ("kind" in client) return { reussi: false, message: client.message };
    try {
      deadline.within(connexion + reponse, "Le destinataire ne répond pas dans le délai.");
      const { statusCode, body } = await client.request({
        method: "HEAD",
        path: `${url.pathname}${url.search}`,
        signal: deadline.signal,
        headers: { ...credentials.headers, "user-agent": "offre-info" },
      });
      await body.dump();
      return verdictOf(statusCode, url.protocol === "https:");
    } finally {
      await leave(client);
    }
  } catch (error) {
    return { reussi: false, message: (deadline.stopped() ?? networkFault(error)).message };
  } finally {
    deadline.clear();
  }
}

function verdictOf(status: number, tls: boolean): EssaiDeConnexion {
  const sure = tls ? "la connexion sûre est établie et" : "la connexion est établie (sans TLS) et";
  if (status === 401 || status === 403)
    return {
      reussi: false,
      message: `Le serveur répond, mais refuse nos identifiants (${status}) : vérifiez les secrets enregistrés.`,
    };
  if (status >= 500)
    return {
      reussi: false,
      message: `Le serveur répond, mais il est en panne (${status}) : réessayez plus tard, ou prévenez le destinataire.`,
    };
  if (status >= 300 && status < 400)
    return {
      reussi: false,
      message: `Le serveur renvoie vers une autre adresse (${status}), ce qui n'est jamais suivi : demandez la bonne adresse au destinataire.`,
    };
  const known =
    status < 300
      ? "le serveur accepte la demande"
      : "le serveur répond ; il ne dit rien de plus à une simple question, ce qui est courant";
  return { reussi: true, message: `Bien : ${sure} ${known} (${status}). Aucun fichier n'a été envoyé.` };
}

async function probeFolder({ chemin }: TransportDossier): Promise<EssaiDeConnexion> {
  try {
    if (!(await stat(chemin)).isDirectory())
      return { reussi: false, message: `« ${chemin} » n'est pas un dossier.` };
    await access(chemin, constants.W_OK);
    return { reussi: true, message: `Le dossier « ${chemin} » existe et s'écrit.` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { reussi: false, message: `Le dossier « ${chemin} » ne s'ouvre pas : ${why}` };
  }
}
