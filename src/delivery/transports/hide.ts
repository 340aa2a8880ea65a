import type { Outcome } from "../outcome.ts";

/** Shorter ones could stand in any word. */
const SHORTEST = 4;
const HIDDEN = "[caché]";

/**
 * A partner may say in its answer what we sent it: what we keep of an answer never holds a secret.
 * @param shown the secrets of the partner, and what was made of them to be sent
 */
export function hideSecrets(outcome: Outcome, shown: Iterable<string>): Outcome {
  const long = [...shown].filter((secret) => secret.length >= SHORTEST);
  const clean = (text: string) => long.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
  switch (outcome.kind) {
    case "reponse":
      return {
        ...outcome,
        body: clean(outcome.body),
        contentType: outcome.contentType === undefined ? undefined : clean(outcome.contentType),
      };
    case "echec":
      return { ...outcome, message: clean(outcome.message) };
    case "depot":
      return outcome;
  }
}
