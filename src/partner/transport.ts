import { z } from "zod";
import { zNomDeFichier } from "./fichier.ts";
import { zAuth, zEntetes, zEntetesSecrets } from "./transportAuth.ts";

const zSecondes = z.number().positive().max(7200);

/** What is common to all ways of sending a file. */
const commun = {
  /** `aucune`: the XML as such. */
  compression: z.enum(["gzip", "aucune"]).default("gzip"),
  /** See `fileNameOf`. */
  fichier: zNomDeFichier.default("offre-info-{profil}.xml"),
};

/** Seconds. Together they bound an attempt: no partner can hold a worker for ever. */
const zDelais = z.strictObject({
  connexion: zSecondes.default(10),
  /** Without a byte leaving. */
  envoi: zSecondes.default(60),
  /** From the last byte sent to the status line: some partners check the file first. */
  entetes: zSecondes.default(300),
  /** For the whole answer; over SFTP for each operation other than writing. */
  reponse: zSecondes.default(30),
});

const zHttps = z.strictObject({
  type: z.literal("https"),
  url: z.url({ protocol: /^https?$/, error: "une adresse https://…" }),
  methode: z.enum(["PUT", "POST"]).default("PUT"),
  auth: zAuth.default({ type: "aucune" }),
  /** Shows the certificate of the secrets `certificat` and `cle_certificat` to the partner. */
  mtls: z.boolean().default(false),
  entetes: zEntetes.default({}),
  entetes_secrets: zEntetesSecrets.default([]),
  delais: zDelais.prefault({}),
  /** Statuses by which this partner says that it already has these bytes. */
  deja_recu: z.array(z.union([z.literal(409), z.literal(412)])).default([]),
  ...commun,
});

/** Of a host key, as `ssh-keygen -lf` prints it. */
const zEmpreinte = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, "une empreinte « SHA256:… » telle que l'écrit ssh-keygen -lf");

const zSftp = z.strictObject({
  type: z.literal("sftp"),
  hote: z.string().regex(/^[A-Za-z0-9.:_-]+$/, "un nom de machine ou une adresse IP"),
  port: z.int().min(1).max(65_535).default(22),
  utilisateur: z.string().min(1),
  /** `cle`: the secret `cle_privee`, with `phrase_de_passe` when it has one. */
  auth: z.enum(["mot_de_passe", "cle"]).default("mot_de_passe"),
  /** Keys that the host may show; several while it changes them. */
  empreintes: z.array(zEmpreinte).min(1, "au moins une empreinte de la clé du serveur").max(5),
  /** Folder of the drop; one that does not start with `/` is taken from where the account arrives. */
  dossier: z
    .string()
    .regex(/^[^\p{Cc}]+$/u, "un chemin")
    .refine((chemin) => !chemin.split("/").includes(".."), "un chemin sans « .. »")
    .default("."),
  delais: zDelais.omit({ entetes: true }).prefault({}),
  ...commun,
});

const zDossier = z.strictObject({
  type: z.literal("dossier"),
  /** Absolute path of the folder where files are dropped; it must be there. */
  chemin: z.string().regex(/^(\/|[A-Za-z]:[\\/])/, "un chemin absolu"),
  ...commun,
});

/** How a partner receives its file. Data: it lives in the partner's row, secrets never do. */
export const zTransport = z.discriminatedUnion("type", [zHttps, zSftp, zDossier]);

export type Transport = z.output<typeof zTransport>;
export type TransportHttps = z.output<typeof zHttps>;
export type TransportSftp = z.output<typeof zSftp>;
export type TransportDossier = z.output<typeof zDossier>;
