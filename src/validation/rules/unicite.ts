import { type Notice, notice } from "../../notices/index.ts";
import { type Contexte, cheminAction } from "./constats.ts";
import { NumberSet } from "./numberSet.ts";

/** Numbers already met in a feed or a file, in 16 to 32 bytes each: half a million sessions take 16 MB. */
export interface Uniqueness {
  /** `formation/@numero`: unique in the feed. */
  formation(numero: string, contexte?: Contexte): Notice[];
  /**
   * `action/@numero`: unique in the feed; `session/@numero`: unique in its action, and better so in the feed. Paths
   * are those of `checkAction`.
   */
  action(numero: string, sessions: readonly string[], contexte?: Contexte): Notice[];
  /** An `@id`, unique in a file (xs:ID). */
  id(id: string, path: string, contexte?: Contexte): Notice[];
}

/** Starts with nothing met. An absent number (`""`) is another rule's business. */
export function createUniqueness(): Uniqueness {
  const formations = new NumberSet();
  const actions = new NumberSet();
  const sessions = new NumberSet();
  const ids = new NumberSet();
  const twice = (set: NumberSet, numero: string) => numero !== "" && !set.add(numero);
  return {
    formation: (numero, contexte) =>
      twice(formations, numero)
        ? [notice("numero-formation-en-double", { ...placeOf(contexte), path: "@numero", value: numero })]
        : [],
    action: (numero, numeros, contexte) => {
      const place = placeOf(contexte);
      const path = cheminAction(contexte ?? {});
      const found: Notice[] = [];
      if (twice(actions, numero)) {
        found.push(notice("numero-action-en-double", { ...place, path: `${path}/@numero`, value: numero }));
      }
      numeros.forEach((value, i) => {
        const at = { ...place, path: `${path}/session[${i + 1}]/@numero`, value };
        if (value !== "" && numeros.indexOf(value) < i) found.push(notice("numero-session-en-double", at));
        else if (twice(sessions, value)) found.push(notice("numero-session-partage", at));
      });
      return found;
    },
    id: (id, path, contexte) =>
      twice(ids, id) ? [notice("id-en-double", { ...placeOf(contexte), path, value: id })] : [],
  };
}

function placeOf({ rang: _, latin1: __, ...place }: Contexte = {}): Omit<Contexte, "rang" | "latin1"> {
  return place;
}
