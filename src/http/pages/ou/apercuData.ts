import type { Knex } from "knex";
import { numeroFormation, numeroSession } from "../../../feed/index.ts";
import { cutFormation, parse } from "../../../lheo/index.ts";
import { readHistory } from "../../../published/index.ts";
import {
  currentSnapshot,
  findFormation,
  type Repere,
  type Snapshot,
  type Store,
} from "../../../snapshot/index.ts";
import { type Lu, lire } from "./lecture.ts";

/** A session as the feed that a partner takes now has it. */
export interface Apercu {
  readonly session: string;
  readonly profil: string;
  readonly snapshot: Snapshot;
  /** Head of its formation and its own action, as the file has them; or why there is nothing to show, in French. */
  readonly lecture: { readonly xml: string; readonly lu: Lu } | { readonly absente: string };
  readonly notices: readonly NoticeVue[];
}

export interface NoticeVue {
  readonly code: string;
  readonly severity: string;
  readonly path: string;
  readonly message: string;
}

/** @returns undefined when there is no such session or no such feed */
export async function readApercu(
  db: Knex,
  store: Pick<Store, "pathOf">,
  { session, profil, base }: { readonly session: string; readonly profil: string; readonly base: string },
): Promise<Apercu | undefined> {
  const versions = await readHistory(db, "session", session);
  const snapshot = await currentSnapshot(db, profil);
  if (versions.length === 0 || snapshot === undefined) return undefined;
  const presence = await db("feed_presence")
    .where({ profil, session, to_snapshot: null })
    .first("session_version as version", "action", "action_version as actionVersion");
  const shown = versions.find(({ version }) => version === presence?.version);
  const common = {
    session,
    profil,
    snapshot,
    notices: await readNotices(db, profil, session, presence?.action ?? ""),
  };
  if (snapshot.file === null || shown === undefined)
    return { ...common, lecture: { absente: "Cette session n'est pas dans le flux actuel de ce profil." } };
  const path = store.pathOf(snapshot.file.sha256, "xml");
  const actions = await readHistory(db, "action", shown.contenu.action);
  const action = actions.find(({ version }) => version === presence?.actionVersion);
  const repere = {
    session: numeroSession(shown),
    formation: action === undefined ? undefined : numeroFormation(base, action),
  };
  return { ...common, lecture: await readFile(path, repere) };
}

async function readFile(path: string, repere: Repere): Promise<Apercu["lecture"]> {
  const { session: numero } = repere;
  try {
    const formation = await findFormation(path, repere);
    const cut = formation === undefined ? undefined : cutFormation(formation);
    const own = cut?.actions.find(({ xml }) => parse("action", xml).value.session?.some(isIt(numero)));
    if (cut === undefined || own === undefined)
      return { absente: `Le fichier du flux ne montre pas la session « ${numero} ».` };
    const xml = `${cut.before}${own.xml}${cut.after}`;
    return { xml, lu: lire(parse("formation", xml).value) };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return { absente: "Le fichier de ce flux n'est plus conservé ici." };
  }
}

const isIt =
  (numero: string) =>
  ({ "@": attributes }: { readonly "@"?: Readonly<Record<string, string>> | undefined }): boolean =>
    attributes?.numero === numero;

/** What the last édition said of the session, or of its action, for this profile or for all. */
async function readNotices(
  db: Knex,
  profil: string,
  session: string,
  action: string,
): Promise<readonly NoticeVue[]> {
  const { rows } = await db.raw<{ rows: NoticeVue[] }>(
    `SELECT n.code, n.severity, n.path, n.message FROM edition_notice n
     WHERE n.edition_id = (SELECT id FROM edition WHERE etat = 'faite' AND :profil = ANY (profils) ORDER BY id DESC LIMIT 1)
       AND (n.session = :session OR (n.action = :action AND n.session IS NULL))
     ORDER BY n.severity <> 'bloquant', n.severity <> 'avertissement', n.rang LIMIT 100`,
    { profil, session, action },
  );
  return rows;
}
