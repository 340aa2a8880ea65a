import { createReadStream } from "node:fs";
import { type CutFormation, cutFormation, LheoError, splitFormations } from "../../lheo/index.ts";
import type { FeedFile, FileFacts, Snapshot, Store } from "../../snapshot/index.ts";
import type { Xsd } from "../../validation/index.ts";
import { endOf, START } from "../enveloppe.ts";
import type { Plan } from "../sorties.ts";

/** The feed in service, less what leaves rightly. */
export interface Reduit {
  readonly file: FeedFile;
  /** null when nothing is left. */
  readonly facts: FileFacts | null;
  readonly contenuSha256: string;
  readonly formations: number;
  readonly sessions: number;
}

/** Made, or why it cannot be, in French. */
export type Reduction = { readonly reduit: Reduit } | { readonly empeche: string };

export interface ReduireOptions {
  readonly store: Store;
  readonly xsd: Xsd;
  readonly plan: Plan;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes the feed in service again without some of its actions, and without the formations that have none left. All that
 * stays keeps its bytes. One formation in memory at a time.
 *
 * @param gone numbers of the actions, one for each session
 * @throws StoreError when the file cannot be written
 */
export async function reduceFeed(
  before: Snapshot,
  gone: ReadonlySet<string>,
  options: ReduireOptions,
): Promise<Reduction> {
  const { store, plan } = options;
  if (before.file === null || !(await store.has(before.file.sha256)))
    return { empeche: "son fichier n'est plus dans le dossier des flux" };
  const file = await store.open();
  try {
    const source = createReadStream(store.pathOf(before.file.sha256, "xml"), { highWaterMark: READ });
    const written = await rewrite(source, gone, file, options);
    if ("empeche" in written) {
      await file.discard();
      return written;
    }
    const contenuSha256 = file.sha256SoFar();
    await file.write(endOf(plan));
    const formations = before.formations - written.emptied;
    const facts = formations === 0 ? null : await file.finish();
    if (facts === null) await file.discard();
    return {
      reduit: { file, facts, contenuSha256, formations, sessions: before.sessions - gone.size },
    };
  } catch (cause) {
    await file.discard();
    if (cause instanceof LheoError) return { empeche: `son fichier ne se relit pas (${cause.message})` };
    throw cause;
  }
}

const READ = 256 * 1024;

async function rewrite(
  source: AsyncIterable<Uint8Array>,
  gone: ReadonlySet<string>,
  file: FeedFile,
  { xsd, plan, signal }: ReduireOptions,
): Promise<{ readonly emptied: number } | { readonly empeche: string }> {
  let emptied = 0;
  let removed = 0;
  let sampled = false;
  await file.write(START);
  for await (const event of splitFormations(source)) {
    signal?.throwIfAborted();
    if (event.kind !== "formation") continue;
    const cut = cutFormation(event.xml);
    const kept = without(cut, gone);
    removed += cut.actions.length - kept.actions.length;
    if (kept.actions.length === 0) {
      emptied += 1;
      continue;
    }
    const bytes = Buffer.from(`${kept.before}${kept.actions.map(({ xml }) => xml).join("")}${kept.after}\n`);
    if (!sampled) {
      sampled = true;
      const [defect] = await xsd.validateDocument(Buffer.concat([START, bytes, endOf(plan)]));
      if (defect !== undefined) return { empeche: `ce qui en reste n'est pas valide (${defect.message})` };
    }
    await file.write(bytes);
  }
  return removed === gone.size
    ? { emptied }
    : { empeche: `${removed} seulement des ${gone.size} sessions à en retirer y ont été retrouvées` };
}

function without(cut: CutFormation, gone: ReadonlySet<string>): CutFormation {
  return { ...cut, actions: cut.actions.filter(({ numero }) => !gone.has(numero)) };
}
