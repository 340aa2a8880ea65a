import type { Client, Dispatcher } from "undici";
import { z } from "zod";
import type { TransportHttps } from "../../partner/index.ts";
import { failure } from "../outcome.ts";
import { Bounded, jsonOf } from "./answer.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { type Asking, credentialsOf } from "./httpAuth.ts";
import { leave, openClient } from "./httpClient.ts";
import { networkFault } from "./networkFault.ts";
import { MOST_FILES, type RemoteFile, type Retrieval, RetrievalError, tooLarge } from "./retrieval.ts";

const MOST_LISTING = 4 * 1024 * 1024;

/** As nginx writes a folder with `autoindex_format json`. */
const zListing = z.array(
  z.object({
    name: z.string(),
    type: z.string().default("file"),
    size: z.number().default(0),
    mtime: z.string().optional(),
  }),
);

/** Reads by GET on the server of the partner and no other. A connection for each file. */
export function retrieveFromHttps(
  transport: TransportHttps,
  options: Omit<Asking, "refused">,
  signal: AbortSignal,
): Retrieval {
  const get = async (chemin: string, most: number): Promise<Bounded> => {
    const deadline = startDeadline(signal);
    try {
      return await fetchOnce(transport, options, { chemin, most }, deadline);
    } catch (error) {
      if (error instanceof RetrievalError) throw error;
      throw new RetrievalError(deadline.stopped() ?? networkFault(error));
    } finally {
      deadline.clear();
    }
  };
  return {
    list: async (dossier) => listingOf(dossier, await get(dossier, MOST_LISTING)),
    async read(chemin, mostOctets) {
      const read = await get(chemin, mostOctets);
      if (read.cut) throw tooLarge(chemin, mostOctets);
      return read.bytes();
    },
    close: async () => undefined,
  };
}

async function fetchOnce(
  transport: TransportHttps,
  asking: Omit<Asking, "refused">,
  { chemin, most }: { readonly chemin: string; readonly most: number },
  deadline: Deadline,
): Promise<Bounded> {
  const base = new URL(transport.url);
  const url = new URL(chemin, base);
  if (url.origin !== base.origin)
    throw new RetrievalError(
      failure(
        "adresse_interdite",
        `« ${chemin} » mène à un autre serveur que ${base.origin} : rien n'a été lu.`,
      ),
    );
  for (let refused: string | undefined; ; ) {
    const credentials = await credentialsOf(transport, { ...asking, refused }, deadline);
    if ("kind" in credentials) throw new RetrievalError(credentials);
    const { connexion, reponse } = transport.delais;
    const client = await openClient(url, { ...asking, tls: credentials.tls, connexion }, deadline);
    if ("kind" in client) throw new RetrievalError(client);
    try {
      deadline.within(connexion + reponse, "Le destinataire ne répond pas dans le délai.");
      const answer = await request(client, url, credentials.headers, deadline);
      if (answer.statusCode === 401 && credentials.token !== undefined && refused === undefined) {
        refused = credentials.token;
        continue;
      }
      return await bytesOf(answer, chemin, most, () =>
        deadline.within(reponse, "La réponse du destinataire n'avance plus."),
      );
    } finally {
      await leave(client);
    }
  }
}

function request(
  client: Client,
  url: URL,
  headers: Readonly<Record<string, string>>,
  { signal }: Deadline,
): Promise<Dispatcher.ResponseData> {
  return client.request({
    method: "GET",
    path: `${url.pathname}${url.search}`,
    signal,
    headers: { ...headers, "accept-encoding": "identity", "user-agent": "offre-info" },
  });
}

async function bytesOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  chemin: string,
  most: number,
  progress: () => void,
): Promise<Bounded> {
  if (statusCode === 401 || statusCode === 403)
    throw new RetrievalError(
      failure(
        "acces_refuse",
        `Le destinataire refuse de laisser lire « ${chemin} » (${statusCode}).`,
        statusCode,
      ),
    );
  if (statusCode !== 200)
    throw new RetrievalError(
      failure(
        "lecture_impossible",
        `Le destinataire a répondu ${statusCode} à la lecture de « ${chemin} ».`,
        statusCode,
      ),
    );
  if (Number(headers["content-length"] ?? 0) > most) throw tooLarge(chemin, most);
  const read = new Bounded(most);
  progress();
  await read.read(body);
  return read;
}

function listingOf(dossier: string, read: Bounded): readonly RemoteFile[] {
  if (read.cut) throw tooLarge(dossier, MOST_LISTING);
  const rows = zListing.safeParse(jsonOf(read.bytes().toString("utf8")));
  if (!rows.success)
    throw new RetrievalError(
      failure(
        "reponse_illisible",
        `« ${dossier} » n'est pas une liste de fichiers en JSON (comme « autoindex_format json » de nginx). Donnez le nom du fichier à lire.`,
      ),
    );
  return rows.data
    .filter(({ name, type }) => type === "file" && name !== "" && !/^\.{1,2}$|[/\\]/.test(name))
    .slice(0, MOST_FILES)
    .map(({ name, size, mtime }) => ({ nom: name, octets: size, modifieLe: dateOf(mtime) }));
}

function dateOf(text: string | undefined): Date | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at);
}
