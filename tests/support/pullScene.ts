import type { FastifyInstance } from "fastify";
import { request } from "undici";
import { afterAll, beforeAll } from "vitest";
import type { z } from "zod";
import { publish } from "../../src/edition/index.ts";
import { zProfil } from "../../src/feed/index.ts";
import { buildServer } from "../../src/http/index.ts";
import { seedProfils } from "../../src/partner/index.ts";
import type { RecordKind, zAction, zSession } from "../../src/published/contract/index.ts";
import { withdraw, writeVersions } from "../../src/published/index.ts";
import { openStore, type Snapshot, type Store } from "../../src/snapshot/index.ts";
import { startXsd, type Xsd } from "../../src/validation/index.ts";
import type { TestDatabase } from "./database.ts";
import { silence, useFolder } from "./diffusion.ts";
import { uneAction, uneSession, unOrganisme } from "./offre.ts";

/** A server whose feeds come from real éditions of a small offer. Call at the top of a test file. */
export interface PullScene {
  readonly app: FastifyInstance;
  readonly base: string;
  readonly store: Store;
  readonly xsd: Xsd;
  /** One day later than the édition before. */
  edit(): Promise<ReadonlyMap<string, Snapshot>>;
  write(kind: RecordKind, numero: string, contenu: unknown): Promise<void>;
  retire(kind: RecordKind, numero: string): Promise<void>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What its `PUBLIC_URL` is. */
export const PUBLIC_URL = "https://offre.exemple.fr";

const DAY_MS = 86_400_000;
const DEBUT = new Date("2026-10-12T06:00:00Z");

export function usePullScene(database: TestDatabase, profils: readonly z.input<typeof zProfil>[]): PullScene {
  const folder = useFolder();
  let scene: Pick<PullScene, "app" | "base" | "store" | "xsd"> | undefined;
  let editions = 0;
  const opened = () => {
    if (scene === undefined) throw new Error("the scene is there in tests only");
    return scene;
  };
  const read = profils.map((profil) => zProfil.parse(profil));

  beforeAll(async () => {
    const store = await openStore(folder.dir);
    const { db } = database;
    const app = buildServer({ db, store, log: silence, base: "72", publicUrl: PUBLIC_URL });
    scene = { app, store, xsd: startXsd(), base: await app.listen({ host: "127.0.0.1", port: 0 }) };
    await seedProfils(db, read);
  });
  afterAll(async () => {
    await scene?.app.close();
    await scene?.xsd.close();
  });

  const now = () => new Date(DEBUT.getTime() + editions * DAY_MS);
  return {
    get app() {
      return opened().app;
    },
    get base() {
      return opened().base;
    },
    get store() {
      return opened().store;
    },
    get xsd() {
      return opened().xsd;
    },
    async edit() {
      editions += 1;
      const { store, xsd } = opened();
      const bilan = await publish(database.db, { profils: read, base: "72", store, xsd, maintenant: now() });
      return new Map(
        bilan.profils.flatMap(({ profil, snapshot }) => (snapshot ? [[profil, snapshot] as const] : [])),
      );
    },
    async write(kind, numero, contenu) {
      await database.db.transaction((trx) =>
        writeVersions(trx, kind, [{ numero, contenu }], { origine: "test", misEnLigneAt: now() }),
      );
    },
    async retire(kind, numero) {
      await database.db.transaction((trx) =>
        withdraw(trx, kind, [numero], { motif: "retrait_organisme", note: "secret du dossier" }),
      );
    },
    async get(path, headers = {}) {
      const { statusCode, headers: answered, body } = await request(opened().base + path, { headers });
      return { status: statusCode, headers: answered, text: await body.text() };
    },
  };
}

/** An organisme, its actions and their sessions, as `{ A1: ["S1", "S2"] }` names them. */
export async function writeOffre(
  scene: Pick<PullScene, "write">,
  actions: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  await scene.write("organisme", "OF1", unOrganisme());
  for (const [action, sessions] of Object.entries(actions)) {
    await scene.write("action", action, actionDe(action));
    for (const session of sessions) await scene.write("session", session, sessionDe(action));
  }
}

export const actionDe = (numero: string, fields: Partial<z.input<typeof zAction>> = {}) =>
  uneAction({
    intitule: `Formation ${numero}`,
    validation: "attestation",
    formacodes: [{ code: "31734", ref: "V14" }],
    ...fields,
  });

export const sessionDe = (
  action: string,
  fields: Partial<z.input<typeof zSession>> = {},
  codePostal = "33600",
) =>
  uneSession({
    action,
    fin: "20270618",
    lieux: [
      {
        principal: true,
        coordonnees: {
          adresse: { lignes: ["12 rue des Lilas"], code_postal: codePostal, ville: "Pessac" },
        },
      },
    ],
    ...fields,
  });

/** A profile that takes all that is continuing training. */
export const profilDe = (id: string, fields: Partial<z.input<typeof zProfil>> = {}) => ({
  id,
  nom: `Profil ${id}`,
  mode: ["push" as const, "pull" as const],
  visibilite: 2,
  acces: "public" as const,
  perimetre: { voies: ["formation_continue" as const] },
  ...fields,
});
