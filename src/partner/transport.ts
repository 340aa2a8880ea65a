import { z } from "zod";

/** A file name in one folder: no separator, no leading dot, no `.part` nor `.ok`, which have a meaning of their own. */
const zNomDeFichier = z
  .string()
  .regex(/^[A-Za-z0-9_{}][A-Za-z0-9._{}-]{0,199}$/, "un nom de fichier sans espace ni barre oblique")
  .refine((nom) => !/\.(part|ok)$/.test(nom), "un nom qui ne finit ni par .part ni par .ok");

const zSecondes = z.number().positive().max(7200);

/** What is common to all ways of sending a file. */
const commun = {
  /** `aucune`: the XML as such. */
  compression: z.enum(["gzip", "aucune"]).default("gzip"),
  /** `{profil}` is replaced; `.gz` is added when compressed. */
  fichier: zNomDeFichier.default("offre-info-{profil}.xml"),
};

/** Seconds. Together they bound an attempt: no partner can hold a worker for ever. */
const zDelais = z.strictObject({
  connexion: zSecondes.default(10),
  /** Without a byte leaving. */
  envoi: zSecondes.default(60),
  /** From the last byte sent to the status line: some partners check the file first. */
  entetes: zSecondes.default(300),
  /** For the whole answer. */
  reponse: zSecondes.default(30),
});

const zHttps = z.strictObject({
  type: z.literal("https"),
  url: z.url({ protocol: /^https?$/, error: "une adresse https://…" }),
  methode: z.enum(["PUT", "POST"]).default("PUT"),
  delais: zDelais.prefault({}),
  /** Statuses by which this partner says that it already has these bytes. */
  deja_recu: z.array(z.union([z.literal(409), z.literal(412)])).default([]),
  ...commun,
});

const zDossier = z.strictObject({
  type: z.literal("dossier"),
  /** Absolute path of the folder where files are dropped; it must be there. */
  chemin: z.string().regex(/^(\/|[A-Za-z]:[\\/])/, "un chemin absolu"),
  ...commun,
});

/** How a partner receives its file. Data: it lives in the partner's row, secrets never do. */
export const zTransport = z.discriminatedUnion("type", [zHttps, zDossier]);

export type Transport = z.output<typeof zTransport>;
export type TransportHttps = z.output<typeof zHttps>;
export type TransportDossier = z.output<typeof zDossier>;

/** Name under which a file of this profile leaves. */
export function fileNameOf({ fichier }: Pick<Transport, "fichier">, profil: string, gzip: boolean): string {
  const name = fichier.replaceAll("{profil}", profil);
  return gzip ? `${name}.gz` : name;
}
