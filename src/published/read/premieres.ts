import type { Client } from "pg";
import type { Action, CodesCertification } from "../contract/index.ts";
import type { Selection } from "./selection.ts";

/** One certification of an action, as its versions write its codes, and the first mise en ligne with it. */
export interface PremiereCertification {
  readonly codes: CodesCertification;
  readonly depuis: Date;
}

/**
 * Since when each action carries each of its certifications. The history is read only for actions that have one:
 * a first version says it by itself.
 */
export async function premieresCertifications(
  client: Client,
  actions: readonly Selection<Action>[],
): Promise<ReadonlyMap<string, readonly PremiereCertification[]>> {
  const found = new Map<string, PremiereCertification[]>();
  const withHistory: string[] = [];
  for (const { numero, versions } of actions) {
    const [newest] = versions;
    if (newest === undefined || versions.every(({ contenu }) => contenu.certifications.length === 0))
      continue;
    if (newest.version > 1) withHistory.push(numero);
    else
      found.set(
        numero,
        newest.contenu.certifications.map((codes) => ({ codes, depuis: newest.misEnLigneAt })),
      );
  }
  if (withHistory.length === 0) return found;
  const { rows } = await client.query<{ numero: string; codes: CodesCertification; depuis: Date }>(
    `SELECT a.numero, c.codes, min(a.mis_en_ligne_at) AS depuis
       FROM published_action a CROSS JOIN LATERAL jsonb_array_elements(a.contenu->'certifications') AS c(codes)
      WHERE a.numero = ANY ($1::text[]) GROUP BY a.numero, c.codes ORDER BY a.numero, depuis`,
    [withHistory],
  );
  for (const { numero, codes, depuis } of rows) {
    const list = found.get(numero) ?? [];
    list.push({ codes, depuis });
    found.set(numero, list);
  }
  return found;
}
