import { z } from "zod";
import { parisTime } from "../calendar/index.ts";

/** What a file name may hold in braces. */
const PLACES = ["profil", "date", "sha8", "diffusion"] as const;
type Place = (typeof PLACES)[number];

const PLACE = new RegExp(`\\{(${PLACES.join("|")})\\}`, "g");

/**
 * A file name in one folder, with places to fill: no separator, no leading dot, no `.part` nor `.ok`, which have a
 * meaning of their own.
 */
export const zNomDeFichier = z
  .string()
  .regex(/^[A-Za-z0-9_{}][A-Za-z0-9._{}-]{0,119}$/, "un nom de fichier sans espace ni barre oblique")
  .refine((nom) => !/\.(part|ok)$/.test(nom), "un nom qui ne finit ni par .part ni par .ok")
  .refine(
    (nom) => !/[{}]/.test(nom.replaceAll(PLACE, "")),
    `entre accolades, seulement ${PLACES.map((place) => `{${place}}`).join(", ")}`,
  );

/** What names the file of a delivery; none of it changes from one attempt to the next. */
export interface Naming {
  readonly profil: string;
  readonly gzip: boolean;
  /** First attempt of the delivery. */
  readonly depart: Date;
  /** Of the bytes sent. */
  readonly sha256: string;
  readonly diffusion: string;
}

/**
 * The name under which a file leaves: `{profil}`, `{date}` (AAAAMMJJ in Paris, at the first attempt), `{sha8}` (start of
 * the digest of the bytes sent) and `{diffusion}` are replaced; `.gz` is added when it is compressed.
 */
export function fileNameOf(fichier: string, { profil, gzip, depart, sha256, diffusion }: Naming): string {
  const values: Readonly<Record<Place, string>> = {
    profil,
    date: parisTime(depart).jour,
    sha8: sha256.slice(0, 8),
    diffusion,
  };
  const name = fichier.replaceAll(PLACE, (_, place: Place) => values[place]);
  return gzip ? `${name}.gz` : name;
}
