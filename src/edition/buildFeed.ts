import type { Knex } from "knex";
import { horloge } from "../db/index.ts";
import { type Profil, viaOf } from "../feed/index.ts";
import { reading } from "../published/index.ts";
import { manifestOf, openFolder, type Snapshot } from "../snapshot/index.ts";
import type { Xsd } from "../validation/index.ts";
import type { Frequence } from "./dits.ts";
import type { Compte } from "./ecriture.ts";
import { snapshotFacts } from "./enregistrer.ts";
import { run } from "./moteur.ts";
import { planOf } from "./sorties.ts";

export interface BuildFeedOptions {
  readonly profil: Profil;
  readonly base: string;
  readonly xsd: Xsd;
  /** Folder that receives `offre-info.xml`, `.xml.gz`, `notices.json` and, last, `manifest.json`. */
  readonly dir: string;
  /** The clock of the run; `horloge()` when not given. */
  readonly maintenant?: Date | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((actions: number) => void) | undefined;
}

/** A feed built in a folder. */
export interface BuiltFeed {
  /** Not recorded: it has no number. `file` is null when nothing was in scope. */
  readonly snapshot: Snapshot;
  readonly compte: Compte;
  readonly notices: Readonly<Record<string, Frequence>>;
  /** Milliseconds of the steps on this thread. */
  readonly durees: Readonly<Record<string, number>>;
}

/** A profile that another one serves has no feed of its own; the message is in French. */
export class ProfilSansFlux extends Error {
  constructor({ id }: Pick<Profil, "id">, via: string) {
    super(
      `Le profil « ${id} » n'a pas de flux à lui : il est alimenté par « ${via} ». Demandez le flux de « ${via} ».`,
    );
    this.name = "ProfilSansFlux";
  }
}

/**
 * Builds the feed of one profile in a folder, as an édition would, and records nothing.
 * @throws ProfilSansFlux, StoreError, the reason of `signal`
 */
export async function buildFeed(db: Knex, options: BuildFeedOptions): Promise<BuiltFeed> {
  const { profil, base, xsd, dir, signal, progress } = options;
  const via = viaOf(profil);
  if (via !== undefined) throw new ProfilSansFlux(profil, via);
  const folder = await openFolder(dir);
  const plan = planOf([profil], options.maintenant ?? (await horloge(db)));
  const { flux, dits, laps } = await reading(db, (trx) =>
    run({ trx, plan, base, xsd, signal, progress, open: () => folder.open() }),
  );
  const [only] = flux;
  if (only?.file === undefined) throw new Error("a profile with a feed gave no file");
  const { file, compte } = only;
  const empty = compte.formations === 0;
  const facts = empty ? null : await file.finish();
  if (facts === null) {
    await file.discard();
    await folder.clear();
  } else await folder.place(file, facts);
  const snapshot: Snapshot = {
    ...snapshotFacts(profil.id, only, facts, plan, xsd.version),
    id: null,
    edition: null,
    previousId: null,
    previousSha256: null,
  };
  await folder.writeJson("notices.json", { codes: dits.frequences, notices: dits.notices });
  await folder.writeJson("manifest.json", manifestOf(snapshot));
  return { snapshot, compte, notices: dits.frequences, durees: laps };
}
