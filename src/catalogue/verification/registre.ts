import type { Knex } from "knex";
import { keyOfCertification } from "../../feed/index.ts";
import type { Certification, CodesCertification, Habilitation } from "../../published/contract/index.ts";
import { numeroHabilitation, readCertifications, readHabilitations } from "../../published/index.ts";

/** What the national register says of some certifications, by key. */
export interface Registre {
  /** Nothing was ever loaded: nothing can be said of what is not in it. */
  readonly vide: boolean;
  readonly certifications: ReadonlyMap<string, Certification>;
  /** Those of the organisme. */
  readonly habilitations: ReadonlyMap<string, Habilitation>;
  /** Certifications of which it knows who may prepare for them. */
  readonly declarees: ReadonlySet<string>;
}

/** Reads the register for one organisme: a few lookups by key, whatever its size. */
export async function readRegistre(
  db: Knex,
  organisme: string,
  codes: readonly CodesCertification[],
  maintenant: Date,
): Promise<Registre> {
  const cles = [...new Set(codes.flatMap((one) => keyOfCertification(one) ?? []))];
  if (cles.length === 0)
    return { vide: true, certifications: new Map(), habilitations: new Map(), declarees: new Set() };
  const couples = cles.map((certification) => ({ organisme, certification }));
  const [certifications, habilitations, { rows }] = await Promise.all([
    readCertifications(db, cles, maintenant),
    readHabilitations(db, couples, maintenant),
    db.raw<{ rows: { cle: string | null }[] }>(
      `SELECT c.cle FROM unnest(?::text[]) AS c(cle)
       WHERE EXISTS (SELECT FROM certification_declaree WHERE numero = c.cle COLLATE "C")
          OR EXISTS (SELECT FROM published_habilitation WHERE certification = c.cle COLLATE "C" AND retired_at IS NULL)
       UNION ALL SELECT NULL WHERE EXISTS (SELECT FROM published_certification)`,
      [cles],
    ),
  ]);
  return {
    vide: !rows.some(({ cle }) => cle === null),
    certifications,
    habilitations: new Map(
      cles.flatMap((cle) => {
        const found = habilitations.get(numeroHabilitation(organisme, cle));
        return found === undefined ? [] : [[cle, found] as const];
      }),
    ),
    declarees: new Set(rows.flatMap(({ cle }) => cle ?? [])),
  };
}
