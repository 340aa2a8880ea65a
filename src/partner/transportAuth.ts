import { z } from "zod";

/** Who we say we are over HTTPS. Secrets are named here and kept elsewhere. */
export const zAuth = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("aucune") }),
  /** With the secret `mot_de_passe`. */
  z.strictObject({
    type: z.literal("basic"),
    identifiant: z.string().regex(/^[^:\p{Cc}]+$/u, "un identifiant sans deux-points"),
  }),
  /** With the secret `jeton`. */
  z.strictObject({ type: z.literal("bearer") }),
  /** Client credentials (RFC 6749, 4.4), with the secret `secret_client`. */
  z.strictObject({
    type: z.literal("oauth2"),
    url_jeton: z.url({ protocol: /^https?$/, error: "une adresse https://…" }),
    client_id: z.string().min(1),
    scope: z.string().optional(),
    /** How the client identifies itself: `Authorization: Basic`, or `client_id` and `client_secret` in the form. */
    identification: z.enum(["entete", "corps"]).default("entete"),
  }),
]);

export type Auth = z.output<typeof zAuth>;

/** Headers that say what we send: nobody may set them otherwise. */
const OURS =
  /^(accept|accept-encoding|authorization|connection|content-.*|expect|host|idempotency-key|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|user-agent|webhook-.*|x-offre-info-.*)$/i;

const zNomEntete = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,60}$/, "un nom d'en-tête HTTP : lettres, chiffres et tirets")
  .refine((nom) => !OURS.test(nom), "un en-tête que l'envoi n'écrit pas lui-même");

/** Fixed headers asked for by a partner, not secret. */
export const zEntetes = z.record(
  zNomEntete,
  z.string().regex(/^[\x20-\x7e]{0,1000}$/, "une valeur en ASCII, sans saut de ligne"),
);

/** Names of headers whose values are secrets, each in `entete.<name in lower case>`. */
export const zEntetesSecrets = z.array(zNomEntete).max(10);
