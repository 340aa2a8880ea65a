import { z } from "zod";

/** One environment variable. Texts are in French: the README and `doctor` show them. */
export interface ConfigKey<T> {
  readonly description: string;
  /** What holds when the variable is absent or empty, as written in the documentation. */
  readonly parDefaut: string;
  /** Never shown, only said to be set or not. */
  readonly secret: boolean;
  /** Reads the text; its French messages say what is allowed. `undefined` in means absent. */
  readonly schema: z.ZodType<T, string | undefined>;
}

const key = <T>(definition: ConfigKey<T>): ConfigKey<T> => definition;

function urlOf(protocols: readonly string[], example: string) {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `attendu : une adresse comme ${example}`,
    )
    .optional();
}

export const QUEUES = ["postgres", "redis", "poll"] as const;
export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `attendu : ${values.join(", ")}` });

const OUI_NON = ["oui", "non"] as const;
/** A plain mail address: no name, no list, nothing that could add a header. */
const ADRESSE = /^[^\s@<>,;"]+@[A-Za-z0-9.-]+$/;

/** Every variable that the product reads, by name. */
export const KEYS = {
  DATABASE_URL: key({
    description:
      "Adresse de la base PostgreSQL (14 ou plus récent, en UTF-8). Sans elle, une base embarquée est tenue dans DATA_DIR.",
    parDefaut: "base embarquée",
    secret: true,
    schema: urlOf(["postgres:", "postgresql:"], "postgres://compte:motdepasse@serveur:5432/base"),
  }),
  DATA_DIR: key({
    description: "Dossier des fichiers publiés et de la base embarquée.",
    parDefaut: ".data",
    secret: false,
    schema: z.string().default(".data"),
  }),
  HOST: key({
    description: "Adresse d'écoute du site. `0.0.0.0` l'ouvre à tout le réseau.",
    parDefaut: "127.0.0.1",
    secret: false,
    schema: z
      .string()
      .regex(/^[A-Za-z0-9.:_-]+$/, "attendu : une adresse IP ou un nom de machine")
      .default("127.0.0.1"),
  }),
  PORT: key({
    description: "Port du site ; 0 prend un port libre.",
    parDefaut: "3000",
    secret: false,
    schema: z
      .string()
      .regex(/^\d{1,5}$/, "attendu : un nombre de 0 à 65535")
      .transform(Number)
      .refine((port) => port <= 65_535, "attendu : un nombre de 0 à 65535")
      .default(3000),
  }),
  PUBLIC_URL: key({
    description: "Adresse du site vue de l'extérieur, quand il est derrière un serveur mandataire.",
    parDefaut: "http://HOST:PORT",
    secret: false,
    schema: urlOf(["http:", "https:"], "https://offre-info.exemple.fr").transform((url) =>
      url?.replace(/\/+$/, ""),
    ),
  }),
  BASE: key({
    description:
      "Numéro de la base du Carif-Oref, mis devant les numéros diffusés : `75` donne `75_<action>` et `75_<session>`. Tenu tel quel, jamais interprété.",
    parDefaut: "75",
    secret: false,
    schema: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,20}$/, "attendu : 1 à 20 lettres sans accent, chiffres ou tirets")
      .default("75"),
  }),
  QUEUE: key({
    description:
      "Ce qui réveille les diffusions : `postgres` (rien à installer), `redis` (demande REDIS_URL) ou `poll` (aucune file, relecture régulière).",
    parDefaut: "`redis` si REDIS_URL est donnée, sinon `postgres`",
    secret: false,
    schema: oneOf(QUEUES).optional(),
  }),
  REDIS_URL: key({
    description: "Adresse du serveur Redis de la file.",
    parDefaut: "aucune",
    secret: true,
    schema: urlOf(["redis:", "rediss:"], "redis://serveur:6379"),
  }),
  SECRETS_KEY: key({
    description:
      "Clé de chiffrement des identifiants des partenaires : 32 octets en base64 (`openssl rand -base64 32`). Plusieurs, séparées par des virgules, pour en changer : la première chiffre, toutes déchiffrent, puis `offre-info secrets rotate`.",
    parDefaut: "base embarquée : un fichier de DATA_DIR ; sinon aucune",
    secret: true,
    schema: z
      .string()
      .default("")
      .transform((text) =>
        text
          .split(",")
          .map((one) => one.trim())
          .filter((one) => one !== ""),
      )
      .refine(
        (texts) => texts.every((text) => /^[A-Za-z0-9+/]{43}=$/.test(text)),
        "attendu : une clé de 32 octets en base64, ou plusieurs séparées par des virgules",
      )
      .transform((texts) => texts.map((text) => Buffer.from(text, "base64"))),
  }),
  ALERT_WEBHOOK_URL: key({
    description:
      "Adresse à laquelle les alertes sont postées, en JSON signé (Standard Webhooks). Demande ALERT_WEBHOOK_SECRET.",
    parDefaut: "aucune",
    secret: true,
    schema: urlOf(["https:", "http:"], "https://alertes.exemple.fr/offre-info"),
  }),
  ALERT_WEBHOOK_SECRET: key({
    description: "Clé de signature des alertes : `whsec_` suivi de 24 octets ou plus en base64.",
    parDefaut: "aucune",
    secret: true,
    schema: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "attendu : whsec_ suivi de 24 octets ou plus en base64")
      .optional(),
  }),
  ALERT_WEBHOOK_INTERNE: key({
    description: "`oui` : le webhook des alertes peut être une adresse interne, ou sans https.",
    parDefaut: "non",
    secret: false,
    schema: oneOf(OUI_NON).default("non"),
  }),
  ALERT_SMTP_URL: key({
    description: "Serveur de courrier des alertes, compte compris. Demande ALERT_MAIL_TO et ALERT_MAIL_FROM.",
    parDefaut: "aucun",
    secret: true,
    schema: urlOf(["smtp:", "smtps:"], "smtps://compte:motdepasse@courrier.exemple.fr"),
  }),
  ALERT_MAIL_TO: key({
    description: "Destinataires des alertes par courrier, séparés par des virgules.",
    parDefaut: "aucun",
    secret: false,
    schema: z
      .string()
      .transform((text) => text.split(",").map((one) => one.trim()))
      .refine(
        (all) => all.every((one) => ADRESSE.test(one)),
        "attendu : des adresses de courrier, séparées par des virgules",
      )
      .optional(),
  }),
  ALERT_MAIL_FROM: key({
    description: "Expéditeur des alertes par courrier.",
    parDefaut: "aucun",
    secret: false,
    schema: z.string().regex(ADRESSE, "attendu : une adresse de courrier").optional(),
  }),
  REPLAY_SECOND_PERSON: key({
    description:
      "Nombre d'envois au-delà duquel un rejeu attend l'accord d'une seconde personne ; 0 le demande toujours.",
    parDefaut: "20",
    secret: false,
    schema: z
      .string()
      .regex(/^\d{1,6}$/, "attendu : un nombre de 0 à 999999")
      .transform(Number)
      .default(20),
  }),
  CATALOGUE_CONTACT: key({
    description:
      "Adresse de courrier de l'équipe de contrôle, à laquelle un organisme demande la remise en ligne d'une action archivée.",
    parDefaut: "aucune",
    secret: false,
    schema: z.string().regex(ADRESSE, "attendu : une adresse de courrier").optional(),
  }),
  RETENTION_JOURS: key({
    description:
      "Jours entre le retrait d'une fiche (session, action, organisme) et l'effacement définitif de son contenu. Numéro, dates et motif restent.",
    parDefaut: "400",
    secret: false,
    schema: z
      .string()
      .regex(/^\d{1,5}$/, "attendu : un nombre de jours, de 0 à 99999")
      .transform(Number)
      .default(400),
  }),
  ALERT_EXPIRY_WEEKS: key({
    description:
      "Semaines avant la fin d'une certification ou d'une habilitation auxquelles une alerte la rappelle, séparées par des virgules.",
    parDefaut: "12,8,4,2,1",
    secret: false,
    schema: z
      .string()
      .regex(/^\d{1,3}(\s*,\s*\d{1,3})*$/, "attendu : des nombres de semaines séparés par des virgules")
      .default("12,8,4,2,1")
      .transform((text) => text.split(",").map(Number)),
  }),
  METRICS_TOKEN: key({
    description:
      "Jeton que Prometheus donne pour lire `/metrics` (Authorization: Bearer). Sans lui, seule la machine elle-même y a accès.",
    parDefaut: "aucun",
    secret: true,
    schema: z.string().min(16, "attendu : 16 caractères au moins").optional(),
  }),
  LOG_LEVEL: key({
    description: "Ce qui est écrit au journal : fatal, error, warn, info, debug, trace ou silent.",
    parDefaut: "info",
    secret: false,
    schema: oneOf(LOG_LEVELS).default("info"),
  }),
} as const;

export type KeyName = keyof typeof KEYS;
export type Values = { readonly [Name in KeyName]: z.infer<(typeof KEYS)[Name]["schema"]> };
