import type { IncomingMessage, ServerResponse } from "node:http";
import type { Random } from "../../fixtures/demo/random.ts";

/** One request as a partner treats it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Reads the file to its end and writes it down. */
  receive(): Promise<void>;
  /** Receives and writes down that it is taken; the answer is up to the caller. */
  take(): Promise<void>;
  /** Takes, and answers. */
  accept(status?: number, body?: string | Buffer, headers?: Record<string, string>): Promise<void>;
  /** Receives, writes down that it is refused for good, and answers. */
  refuse(status: number, headers?: Record<string, string>): Promise<void>;
  /** Receives and answers that now is not the time. */
  putOff(status: number, headers?: Record<string, string>): Promise<void>;
  /** Was this delivery accepted here already? */
  readonly known: boolean;
}

/** How a kind of partner behaves when it does not behave. */
interface Manner {
  /** Of all requests, how many are treated so. */
  readonly often: number;
  readonly how: (exchange: Exchange, random: Random) => Promise<void>;
}

const ENDLESS = "x".repeat(65_536);
const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Its four forms, as partners have been seen to write them. */
const RETRY_AFTER = [
  () => "30",
  () => new Date(Date.now() + 90_000).toUTCString(),
  () => "bientôt, merci",
  () => new Date(Date.now() + 10 * 365 * 86_400_000).toUTCString(),
];

const MANNERS = {
  normal: { often: 0, how: ({ accept }) => accept() },
  erreur: { often: 0.3, how: ({ putOff }, random) => putOff(random.pick([500, 502, 503])) },
  plustard: {
    often: 0.4,
    how: ({ putOff }, random) =>
      putOff(429, { "retry-after": encodeURI(random.pick(RETRY_AFTER)()).replaceAll("%20", " ") }),
  },
  lent: {
    often: 0.8,
    how: async ({ accept, request }, random) => {
      request.pause();
      await later(random.int(200, 800));
      await accept();
    },
  },
  goutte: {
    often: 0.4,
    how: async ({ receive, response }) => {
      await receive();
      response.writeHead(200, { "content-length": "1000" });
      const drip = setInterval(() => response.write("x"), 50);
      response.once("close", () => clearInterval(drip));
    },
  },
  sansfin: {
    often: 0.5,
    how: async ({ take, response }) => {
      await take();
      response.writeHead(200, { "content-type": "text/plain" });
      const more = () => {
        while (!response.destroyed && response.write(ENDLESS));
      };
      response.on("drain", more);
      more();
    },
  },
  bombe: {
    often: 1,
    how: ({ accept }) => accept(201, Buffer.alloc(40_000, 0x1f), { "content-encoding": "gzip" }),
  },
  tronque: {
    often: 0.4,
    how: async ({ receive, response }) => {
      await receive();
      response.writeHead(201, { "content-length": "100" }).write("abc");
      await later(20);
      response.destroy();
    },
  },
  coupe: {
    often: 0.4,
    how: async ({ receive, request }, random) => {
      if (random.chance(0.5)) await receive();
      request.socket.resetAndDestroy();
    },
  },
  muet: { often: 0.4, how: ({ receive }) => receive() },
  redirige: { often: 0.15, how: ({ refuse }) => refuse(307, { location: "http://169.254.169.254/" }) },
  refuse: { often: 0.15, how: ({ refuse }) => refuse(422) },
  interdit: { often: 0.15, how: ({ putOff }) => putOff(401) },
  disparu: { often: 0.1, how: ({ refuse }) => refuse(410) },
  /** Stores, then says nothing; asked again, it says that it knows. */
  dejarecu: {
    often: 1,
    how: async ({ accept, receive, known, response }, random) => {
      if (known) return accept(409);
      if (!random.chance(0.4)) return accept();
      await receive();
      response.destroy();
    },
  },
} satisfies Record<string, Manner>;

export type Kind = keyof typeof MANNERS;
export const KINDS = Object.keys(MANNERS) as Kind[];

/** Treats a request as that kind of partner does; all of them behave once it is calm. */
export async function treat(kind: string, exchange: Exchange, random: Random, calm: boolean): Promise<void> {
  const manner: Manner | undefined = Object.hasOwn(MANNERS, kind) ? MANNERS[kind as Kind] : undefined;
  if (calm || manner === undefined || !random.chance(manner.often)) return exchange.accept();
  return manner.how(exchange, random);
}
