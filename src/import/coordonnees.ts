import type * as lheo from "../lheo/index.ts";
import { type AsRead, textOf } from "../lheo/index.ts";
import type { Adresse, Contact, Coordonnees } from "../published/contract/index.ts";
import { compact, isPrincipal, readTextes } from "./valeurs.ts";

/** LHEO `adresse`. */
export function readAdresse(adresse: AsRead<lheo.Adresse>): Adresse {
  return compact({
    denomination: textOf(adresse.denomination),
    lignes: readTextes(adresse.ligne) ?? [],
    code_postal: textOf(adresse.codepostal) ?? "",
    ville: textOf(adresse.ville) ?? "",
    departement: textOf(adresse.departement),
    code_insee_commune: textOf(adresse["code-INSEE-commune"]),
    code_insee_canton: textOf(adresse["code-INSEE-canton"]),
    region: textOf(adresse.region),
    pays: textOf(adresse.pays),
    latitude: textOf(adresse.geolocalisation?.latitude),
    longitude: textOf(adresse.geolocalisation?.longitude),
  });
}

/** The `adresse` of `adresse-inscription`, `adresse-information` or `recrutement`. */
export function readAdresseOuRien(adresse: AsRead<lheo.Adresse> | undefined): Adresse | undefined {
  return adresse === undefined ? undefined : readAdresse(adresse);
}

/** LHEO `coordonnees`; an absent or empty one (`<coordonnees numero="16"/>`) has no field. */
export function readCoordonnees(coordonnees: AsRead<lheo.Coordonnees> | undefined): Coordonnees {
  return compact({
    civilite: textOf(coordonnees?.civilite),
    nom: textOf(coordonnees?.nom),
    prenom: textOf(coordonnees?.prenom),
    lignes: readTextes(coordonnees?.ligne) ?? [],
    adresse: readAdresseOuRien(coordonnees?.adresse),
    telfixe: readTextes(coordonnees?.telfixe?.numtel) ?? [],
    portable: readTextes(coordonnees?.portable?.numtel) ?? [],
    fax: readTextes(coordonnees?.fax?.numtel) ?? [],
    courriel: textOf(coordonnees?.courriel),
    web: readTextes(coordonnees?.web?.urlweb) ?? [],
  });
}

/** LHEO `contact-formation`, `contact-organisme`, `contact-session`, `contact-formateur`: one shape. */
export function readContacts(contacts: readonly AsRead<lheo.ContactFormation>[] | undefined): Contact[] {
  return (contacts ?? []).map((contact) =>
    compact({
      type_contact: textOf(contact["type-contact"]),
      principal: isPrincipal(contact),
      coordonnees: readCoordonnees(contact.coordonnees),
    }),
  );
}
