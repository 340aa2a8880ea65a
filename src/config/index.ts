import path from "node:path";
import { KEYS, type KeyName, type LOG_LEVELS, type QUEUES, type Values } from "./keys.ts";

/** What the product was told, read once at start. */
export interface Config {
  /** `undefined`: the embedded database. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end; `undefined`: where the server listens. */
  readonly publicUrl: string | undefined;
  readonly base: string;
  readonly queue: (typeof QUEUES)[number];
  readonly redisUrl: string | undefined;
  /** 32 bytes each: the first encrypts the secrets of partners, all decrypt. */
  readonly secretsKeys: readonly Buffer[];
  /** `undefined`: alerts are not posted. */
  readonly alertWebhook:
    | { readonly url: string; readonly secret: string; readonly interne: boolean }
    | undefined;
  /** `undefined`: alerts are not mailed. */
  readonly alertMail:
    | { readonly smtpUrl: string; readonly to: readonly string[]; readonly from: string }
    | undefined;
  /** Files beyond which a replay needs a second person. */
  readonly replaySecondPerson: number;
  /** Where an OF writes to the control; `undefined`: nowhere is said. */
  readonly catalogueContact: string | undefined;
  /** Days from a withdrawal to the purge of the content. */
  readonly retentionJours: number;
  /** Weeks before the end of a certification at which it is told. */
  readonly alertExpiryWeeks: readonly number[];
  /** What a scraper shows to read `/metrics`; `undefined`: this machine alone. */
  readonly metricsToken: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** Folder of the embedded database. */
export const embeddedDir = ({ dataDir }: Pick<Config, "dataDir">): string => path.join(dataDir, "postgres");

/** Wrong settings; the message is in French, one line for each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** One line of the README's table and of `doctor`. */
export interface ConfigRow {
  readonly cle: string;
  readonly description: string;
  readonly parDefaut: string;
  readonly secret: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings; an empty variable counts as absent.
 * @throws ConfigError naming every wrong setting at once
 */
export function loadConfig(env: Environment): Config {
  const errors: string[] = [];
  const values = readKeys(env, errors);
  if (values.QUEUE === "redis" && !given(env, "REDIS_URL")) {
    errors.push("QUEUE « redis » : attendu : REDIS_URL, l'adresse du serveur Redis");
  }
  const alertWebhook = webhookOf(values, errors);
  const alertMail = mailOf(values, errors);
  if (errors.length > 0) {
    throw new ConfigError(
      `Réglages refusés :\n${errors.map((error) => `  - ${error}`).join("\n")}\nCorrigez ces variables d'environnement, ou retirez-les pour garder leur valeur par défaut.`,
    );
  }
  return {
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    base: values.BASE,
    queue: values.QUEUE ?? (values.REDIS_URL === undefined ? "postgres" : "redis"),
    redisUrl: values.REDIS_URL,
    secretsKeys: values.SECRETS_KEY,
    alertWebhook,
    alertMail,
    replaySecondPerson: values.REPLAY_SECOND_PERSON,
    catalogueContact: values.CATALOGUE_CONTACT,
    retentionJours: values.RETENTION_JOURS,
    alertExpiryWeeks: values.ALERT_EXPIRY_WEEKS,
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
  };
}

/** Every setting with its French description, for the README. */
export function describeConfig(): ConfigRow[] {
  return names().map((cle) => {
    const { description, parDefaut, secret } = KEYS[cle];
    return { cle, description, parDefaut, secret };
  });
}

/** Every setting with what was given, secrets as `définie` or `non définie`. */
export function showConfig(env: Environment): { readonly cle: string; readonly valeur: string }[] {
  return names().map((cle) => {
    if (KEYS[cle].secret) return { cle, valeur: given(env, cle) ? "définie" : "non définie" };
    return { cle, valeur: given(env, cle) ? String(env[cle]) : `${KEYS[cle].parDefaut} (par défaut)` };
  });
}

/** The README's table. */
export function configTable(): string {
  const rows = describeConfig().map(
    (row) => `| \`${row.cle}\`${row.secret ? " (secret)" : ""} | ${row.description} | ${row.parDefaut} |`,
  );
  return ["| Variable | Rôle | Par défaut |", "|---|---|---|", ...rows].join("\n");
}

function webhookOf(values: Values, errors: string[]): Config["alertWebhook"] {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret, ALERT_WEBHOOK_INTERNE: interne } = values;
  if (url === undefined) return undefined;
  if (secret === undefined) {
    errors.push("ALERT_WEBHOOK_URL « valeur cachée » : attendu : ALERT_WEBHOOK_SECRET, la clé de signature");
    return undefined;
  }
  return { url, secret, interne: interne === "oui" };
}

function mailOf(values: Values, errors: string[]): Config["alertMail"] {
  const { ALERT_SMTP_URL: smtpUrl, ALERT_MAIL_TO: to, ALERT_MAIL_FROM: from } = values;
  if (smtpUrl === undefined) return undefined;
  if (to === undefined || from === undefined) {
    errors.push("ALERT_SMTP_URL « valeur cachée » : attendu : ALERT_MAIL_TO et ALERT_MAIL_FROM");
    return undefined;
  }
  return { smtpUrl, to, from };
}

const names = (): KeyName[] => Object.keys(KEYS) as KeyName[];

const given = (env: Environment, name: KeyName): boolean => (env[name] ?? "").trim() !== "";

function readKeys(env: Environment, errors: string[]): Values {
  const read = names().map((name) => {
    const text = given(env, name) ? env[name]?.trim() : undefined;
    const result = KEYS[name].schema.safeParse(text);
    if (!result.success) {
      const seen = KEYS[name].secret ? "valeur cachée" : (text ?? "");
      errors.push(`${name} « ${seen} » : ${result.error.issues[0]?.message ?? "valeur refusée"}`);
    }
    return [name, result.data];
  });
  return Object.fromEntries(read) as Values;
}
