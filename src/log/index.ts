import pino, { type DestinationStream, type Logger } from "pino";
import pretty from "pino-pretty";

export type { Logger } from "pino";

/** Names under which a secret may be logged by mistake, at the top or one level down. */
const SECRETS = [
  "password",
  "motDePasse",
  "secret",
  "token",
  "authorization",
  "Authorization",
  "cookie",
  "databaseUrl",
  "redisUrl",
  "privateKey",
];

const CREDENTIALS_IN_URL = /(\w+:\/\/)[^\s/:@"]*:[^\s/@"]+@/g;

export interface LogOptions {
  readonly level: string;
  /** Where to write; standard error when not given, readable on a terminal and in JSON otherwise. */
  readonly destination?: DestinationStream;
}

/**
 * The journal: one JSON line per event on standard error, results being alone on standard output. Passwords are
 * hidden by name, and those inside an address wherever they stand, error messages included.
 */
export function createLogger(options: LogOptions): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[caché]" },
      hooks: { streamWrite: (line) => line.replace(CREDENTIALS_IN_URL, "$1***@") },
    },
    options.destination ?? standardError(),
  );
}

function standardError(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination({ fd: 2, sync: true });
  return pretty({ destination: 2, sync: true, translateTime: "SYS:HH:MM:ss" });
}
