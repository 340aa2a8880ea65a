import type { Knex } from "knex";
import { type Entree, keyOfCertification } from "../feed/index.ts";
import type {
  Certification,
  Habilitation,
  Organisme,
  Session,
  Version,
} from "../published/contract/index.ts";
import {
  type Lot,
  numeroHabilitation,
  readCertifications,
  readHabilitations,
  readOffre,
  readRecords,
  type Selection,
  selected,
} from "../published/index.ts";
import { Recents } from "./cache.ts";
import type { Plan } from "./sorties.ts";

/** An action (or a part of a very large one) with all that its `formation` is made of, for every watermark. */
export interface Unite {
  readonly lot: Lot;
  /** Those that its versions name, by number. */
  readonly organismes: ReadonlyMap<string, Selection<Organisme>>;
  readonly certifications: ReadonlyMap<string, Certification>;
  /** By key of the certification. */
  readonly habilitations: ReadonlyMap<string, ReadonlyMap<string, Habilitation>>;
  readonly certifieeDepuis: ReadonlyMap<string, Date>;
}

/** Units enriched together: fewer and the round trips cost more than the rows. */
const LOTS = 30;
/** Sessions in these units, about. */
const SESSIONS = 90;

/** Reads the offer once for all the watermarks of a plan, in groups of units. */
export async function* readUnites(trx: Knex.Transaction, plan: Plan): AsyncGenerator<readonly Unite[]> {
  const registers = new Registers(trx, plan);
  let lots: Lot[] = [];
  let sessions = 0;
  for await (const lot of readOffre(trx, { watermarks: plan.watermarks, pageSize: 100 })) {
    lots.push(lot);
    sessions += lot.sessions.length;
    if (lots.length < LOTS && sessions < SESSIONS) continue;
    yield await registers.enrich(lots);
    lots = [];
    sessions = 0;
  }
  if (lots.length > 0) yield await registers.enrich(lots);
}

/** The entry of a unit as one watermark selects it, without its sessions; undefined while something is missing. */
export function entreeAt(unite: Unite, watermark: number): Omit<Entree, "sessions"> | undefined {
  const action = selected(unite.lot.action, watermark);
  if (action === undefined) return undefined;
  const organismes = unite.organismes.get(action.contenu.organisme);
  const organisme = organismes === undefined ? undefined : selected(organismes, watermark);
  if (organisme === undefined) return undefined;
  return entreeOf(unite, action, organisme);
}

/** The entry of a unit with other versions of its action or of its organisme. */
export function entreeOf(
  unite: Unite,
  action: Entree["action"],
  organisme: Entree["organisme"],
): Omit<Entree, "sessions"> {
  return {
    action,
    organisme,
    certifications: unite.certifications,
    habilitations: unite.habilitations.get(organisme.numero) ?? NO_RIGHT,
    certifieeDepuis: unite.certifieeDepuis,
  };
}

const NO_RIGHT: ReadonlyMap<string, Habilitation> = new Map();

/** Records that many actions share, read when they are first met. */
class Registers {
  private readonly organismes = new Recents<Selection<Organisme> | null>(1_000);
  private readonly certifications = new Recents<Certification | null>(2_000);
  private readonly habilitations = new Recents<Habilitation | null>(5_000);
  private readonly trx: Knex.Transaction;
  private readonly plan: Plan;

  constructor(trx: Knex.Transaction, plan: Plan) {
    this.trx = trx;
    this.plan = plan;
  }

  async enrich(lots: readonly Lot[]): Promise<Unite[]> {
    const named = lots.map(certificationsOf);
    const { trx, plan } = this;
    const organismes = await resolve(this.organismes, lots.flatMap(organismesOf), (numeros) =>
      readRecords(trx, "organisme", numeros, plan.watermarks),
    );
    const certifications = await resolve(this.certifications, named.flat(), (codes) =>
      readCertifications(trx, codes, plan.maintenant),
    );
    const couples = new Map(
      lots.flatMap((lot, rank) =>
        organismesOf(lot).flatMap((organisme) =>
          (named[rank] ?? []).map((certification) => {
            const couple = { organisme, certification };
            return [numeroHabilitation(organisme, certification), couple] as const;
          }),
        ),
      ),
    );
    const habilitations = await resolve(this.habilitations, [...couples.keys()], (numeros) =>
      readHabilitations(
        trx,
        numeros.flatMap((numero) => couples.get(numero) ?? []),
        plan.maintenant,
      ),
    );
    return lots.map((lot, rank) => {
      const keys = named[rank] ?? [];
      return {
        lot,
        organismes: pick(organismes, organismesOf(lot), (numero) => numero),
        certifications: pick(certifications, keys, (key) => key),
        habilitations: new Map(
          organismesOf(lot).map((organisme) => [
            organisme,
            pick(habilitations, keys, (key) => numeroHabilitation(organisme, key)),
          ]),
        ),
        certifieeDepuis: depuisOf(lot),
      };
    });
  }
}

const organismesOf = ({ action }: Lot): string[] => [
  ...new Set(action.versions.map(({ contenu }) => contenu.organisme)),
];

/** Keys of all the certifications that the versions of an action and of its sessions name. */
function certificationsOf({ action, sessions }: Lot): string[] {
  const keys = new Set<string>();
  const note = (codes: Parameters<typeof keyOfCertification>[0]) => {
    const key = keyOfCertification(codes);
    if (key !== undefined) keys.add(key);
  };
  for (const { contenu } of action.versions) contenu.certifications.forEach(note);
  for (const { versions } of sessions)
    for (const { contenu } of versions as readonly Version<Session>[]) contenu.certifications.forEach(note);
  return [...keys];
}

function depuisOf({ certifieeDepuis }: Lot): ReadonlyMap<string, Date> {
  const depuis = new Map<string, Date>();
  for (const { codes, depuis: at } of certifieeDepuis) {
    const key = keyOfCertification(codes);
    const known = key === undefined ? undefined : depuis.get(key);
    if (key !== undefined && (known === undefined || at < known)) depuis.set(key, at);
  }
  return depuis;
}

function pick<V>(
  found: ReadonlyMap<string, V>,
  keys: readonly string[],
  nameOf: (key: string) => string,
): Map<string, V> {
  const picked = new Map<string, V>();
  for (const key of keys) {
    const value = found.get(nameOf(key));
    if (value !== undefined) picked.set(key, value);
  }
  return picked;
}

/** Values by key, read for those that are not known; that a record does not exist is known too. */
async function resolve<V>(
  cache: Recents<V | null>,
  keys: readonly string[],
  read: (missing: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): Promise<ReadonlyMap<string, V>> {
  const found = new Map<string, V>();
  const missing: string[] = [];
  for (const key of new Set(keys)) {
    const known = cache.get(key);
    if (known === undefined) missing.push(key);
    else if (known !== null) found.set(key, known);
  }
  if (missing.length === 0) return found;
  const fresh = await read(missing);
  for (const key of missing) {
    const value = fresh.get(key);
    if (value !== undefined) found.set(key, value);
    cache.set(key, value ?? null);
  }
  return found;
}
