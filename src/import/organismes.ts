import type { Knex } from "knex";
import { type Notice, notice } from "../notices/index.ts";
import type { Organisme } from "../published/contract/index.ts";
import { canonicalJson, readLast } from "../published/index.ts";
import type { Fiche, OffreImportee } from "./offre.ts";
import { missingFrom, valuesOf } from "./valeursLheo.ts";

/** Fields that LHEO cannot say: a file leaves them as they were published. */
const HORS_LHEO = ["qualiopi", "compte_kairos"] as const satisfies readonly (keyof Organisme)[];

const selonLheo = (organisme: Organisme): Organisme => ({ ...organisme, qualiopi: [], compte_kairos: false });

/**
 * The organismes of one file. A feed repeats them in each formation: the first description is the one kept, and any
 * other is told, value by value, once.
 */
export class Organismes {
  /** What was read under each number, first description first. A file has far fewer organismes than formations. */
  readonly #lus = new Map<string, Set<string>>();
  #inconnus = 0;

  /** How many of those read so far had never been published. */
  get inconnus(): number {
    return this.#inconnus;
  }

  /** Those that the file tells for the first time, as they are to be written. */
  async nouveaux(
    trx: Knex.Transaction,
    offres: readonly OffreImportee[],
  ): Promise<{ readonly fiches: readonly Fiche<Organisme>[]; readonly notices: readonly Notice[] }> {
    const nouveaux = new Map<string, Fiche<Organisme>>();
    const autres: OffreImportee[] = [];
    for (const offre of offres) {
      const { numero, contenu } = offre.organisme;
      const texte = canonicalJson(contenu);
      const lus = this.#lus.get(numero);
      if (lus === undefined) {
        this.#lus.set(numero, new Set([texte]));
        nouveaux.set(numero, offre.organisme);
      } else if (!lus.has(texte)) {
        lus.add(texte);
        autres.push(offre);
      }
    }
    const numeros = [...nouveaux.keys(), ...autres.map(({ organisme }) => organisme.numero)];
    const publies = await readLast(trx, "organisme", numeros);
    this.#inconnus += [...nouveaux.keys()].filter((numero) => !publies.has(numero)).length;
    return {
      fiches: [...nouveaux.values()].map((fiche) =>
        garderHorsLheo(fiche, publies.get(fiche.numero)?.contenu),
      ),
      notices: autres.flatMap((offre) => {
        const garde =
          nouveaux.get(offre.organisme.numero)?.contenu ?? publies.get(offre.organisme.numero)?.contenu;
        return garde === undefined ? [] : differences(offre, selonLheo(garde));
      }),
    };
  }
}

function garderHorsLheo(fiche: Fiche<Organisme>, publie: Organisme | undefined): Fiche<Organisme> {
  if (publie === undefined) return fiche;
  const gardes = Object.fromEntries(HORS_LHEO.map((field) => [field, publie[field]]));
  return { ...fiche, contenu: { ...fiche.contenu, ...gardes } };
}

/** The values of a second description that the first does not have; fields are named as the contract does. */
function differences({ organisme, action, line }: OffreImportee, garde: Organisme): Notice[] {
  const [autres, premieres] = [valuesOf(organisme.contenu), valuesOf(garde)];
  const ailleurs = missingFrom(premieres, autres);
  return missingFrom(autres, premieres).map(({ path, value }) =>
    notice("import-organisme-different", {
      path: `organisme-formation-responsable/${path}`,
      value,
      attendu: ailleurs.find((other) => other.path === path)?.value ?? "rien",
      action: action.numero,
      organisme: organisme.numero,
      line,
    }),
  );
}
