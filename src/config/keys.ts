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
  LOG_LEVEL: key({
    description: "Ce qui est écrit au journal : fatal, error, warn, info, debug, trace ou silent.",
    parDefaut: "info",
    secret: false,
    schema: oneOf(LOG_LEVELS).default("info"),
  }),
} as const;

export type KeyName = keyof typeof KEYS;
export type Values = { readonly [Name in KeyName]: z.infer<(typeof KEYS)[Name]["schema"]> };
