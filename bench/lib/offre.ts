import { SPOILED } from "../../fixtures/demo/index.ts";
import { connect, horloge } from "../../src/db/index.ts";
import {
  buildOffre,
  type Entree,
  keyOfCertification,
  PROFILS,
  type Profil,
  partageDuPerimetre,
} from "../../src/feed/index.ts";
import { type Formation, parisDay } from "../../src/lheo/index.ts";
import type { Certification, Habilitation, Organisme, Version } from "../../src/published/contract/index.ts";
import { type Lot, reading, readOffre, selected } from "../../src/published/index.ts";

/** A formation of the feed with all its actions, as the mapping makes it. */
export interface FormationDuFlux {
  readonly formation: Formation;
  readonly sessions: number;
}

/** Registers and bodies, held whole: what a peer may do at regional size, and what costs it least. */
interface Registres {
  readonly organismes: ReadonlyMap<string, Version<Organisme>>;
  readonly certifications: ReadonlyMap<string, Certification>;
  readonly habilitations: ReadonlyMap<string, ReadonlyMap<string, Habilitation>>;
}

const aside = new Set(
  SPOILED.flatMap(({ kind, numero, sessions, actions }) =>
    kind === "session" ? [numero] : [...(actions.length > 0 ? actions : [numero]), ...sessions],
  ),
);

/**
 * The same rows and the same mapping as a feed run for `rco`, for peers to write: no rule, no presence, no
 * history. What the demo spoils is left out, since a peer would have to find it by itself.
 */
export async function withFormations(
  url: string,
  use: (formations: AsyncIterable<FormationDuFlux>) => Promise<void>,
): Promise<void> {
  const db = connect(url, { max: 2 });
  try {
    const maintenant = await horloge(db);
    await reading(db, async (trx) => {
      const registres = await readRegistres(trx);
      await use(build(readOffre(trx, { watermarks: [maintenant] }), registres, maintenant));
    });
  } finally {
    await db.destroy();
  }
}

async function* build(
  lots: AsyncIterable<Lot>,
  registres: Registres,
  maintenant: Date,
): AsyncGenerator<FormationDuFlux> {
  const profil = PROFILS.find(({ id }) => id === "rco") as Profil;
  const jour = parisDay(maintenant);
  for await (const lot of lots) {
    const entree = entreeOf(lot, registres);
    if (entree === undefined || aside.has(entree.action.numero)) continue;
    const { dedans } = partageDuPerimetre(profil, entree, jour);
    const sessions = dedans.filter(({ numero }) => !aside.has(numero));
    if (sessions.length === 0) continue;
    const { formation, actions } = buildOffre({ ...entree, sessions }, { base: "72", maintenant });
    yield {
      formation: { ...formation, action: actions.map(({ action }) => action) } as Formation,
      sessions: sessions.length,
    };
  }
}

function entreeOf(lot: Lot, registres: Registres): Entree | undefined {
  const action = selected(lot.action, 0);
  const organisme = action && registres.organismes.get(action.contenu.organisme);
  if (action === undefined || organisme === undefined) return undefined;
  return {
    action,
    organisme,
    sessions: lot.sessions.flatMap((session) => selected(session, 0) ?? []),
    certifications: registres.certifications,
    habilitations: registres.habilitations.get(organisme.numero) ?? new Map(),
    certifieeDepuis: new Map(
      lot.certifieeDepuis.flatMap(({ codes, depuis }) => {
        const key = keyOfCertification(codes);
        return key === undefined ? [] : [[key, depuis] as const];
      }),
    ),
  };
}

type Trx = Parameters<Parameters<typeof reading>[1]>[0];

async function readRegistres(trx: Trx): Promise<Registres> {
  const organismes = await newest<Organisme>(trx, "organisme");
  const certifications = await newest<Certification>(trx, "certification");
  const habilitations = new Map<string, Map<string, Habilitation>>();
  for (const { contenu } of (await newest<Habilitation>(trx, "habilitation")).values()) {
    const own = habilitations.get(contenu.organisme) ?? new Map<string, Habilitation>();
    habilitations.set(contenu.organisme, own.set(contenu.certification, contenu));
  }
  return {
    organismes,
    certifications: new Map([...certifications].map(([numero, { contenu }]) => [numero, contenu])),
    habilitations,
  };
}

interface Ligne {
  readonly numero: string;
  readonly version: number;
  readonly contenu: unknown;
  readonly mis_en_ligne_at: Date;
  readonly premiere_mise_en_ligne_at: Date;
}

async function newest<T>(trx: Trx, kind: string): Promise<Map<string, Version<T>>> {
  const rows: Ligne[] = await trx(`published_${kind}`).whereNull("retired_at").orderBy(["numero", "version"]);
  return new Map(
    rows.map(({ numero, version, contenu, mis_en_ligne_at, premiere_mise_en_ligne_at }) => [
      numero,
      {
        numero,
        version,
        contenu: contenu as T,
        misEnLigneAt: mis_en_ligne_at,
        premiereMiseEnLigneAt: premiere_mise_en_ligne_at,
      },
    ]),
  );
}
