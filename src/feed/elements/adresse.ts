import type { Adresse } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { optionnel, optionnels } from "../valeurs.ts";

/** LHEO `adresse` (S111). */
export function buildAdresse(adresse: Adresse): Bati<"adresse"> {
  const { latitude, longitude } = adresse;
  return {
    denomination: optionnel(adresse.denomination),
    ligne: optionnels(adresse.lignes),
    codepostal: adresse.code_postal,
    ville: adresse.ville,
    departement: optionnel(adresse.departement),
    "code-INSEE-commune": optionnel(adresse.code_insee_commune),
    "code-INSEE-canton": optionnel(adresse.code_insee_canton),
    region: optionnel(adresse.region),
    pays: optionnel(adresse.pays),
    geolocalisation: buildGeolocalisation(latitude, longitude),
  };
}

/** LHEO `geolocalisation`: both or nothing, because readers turn what they find to numbers. */
function buildGeolocalisation(
  latitude: string | null | undefined,
  longitude: string | null | undefined,
): Bati<"geolocalisation"> | undefined {
  const [lat, long] = [optionnel(latitude), optionnel(longitude)];
  return lat === undefined || long === undefined ? undefined : { latitude: lat, longitude: long };
}
