import type { Fiche } from "./lecture.ts";

/** schema.org names for dict-modalites-enseignement. */
const MODES: Readonly<Record<string, string>> = { "0": "Onsite", "1": "Blended", "2": "Online" };

/**
 * The session as schema.org `Course` with its `CourseInstance`, for search engines. Only what the feed gives is said.
 * @param adresse of the page
 */
export function jsonLdOf(fiche: Fiche, adresse: string): Readonly<Record<string, unknown>> {
  const { intitule, objectif, contenu, organisme, certifications, contact } = fiche;
  return pruned({
    "@context": "https://schema.org",
    "@type": "Course",
    "@id": adresse,
    url: adresse,
    name: intitule,
    description: (objectif ?? contenu ?? intitule).slice(0, 5_000),
    inLanguage: "fr",
    provider: pruned({ "@type": "Organization", name: organisme, url: contact.web }),
    educationalCredentialAwarded: certifications.length === 0 ? undefined : certifications,
    offers: offersOf(fiche),
    hasCourseInstance: pruned({
      "@type": "CourseInstance",
      "@id": `${adresse}#session`,
      courseMode: MODES[fiche.enseignement ?? ""],
      courseWorkload: fiche.heures === undefined ? undefined : `PT${fiche.heures}H`,
      startDate: iso(fiche.debut),
      endDate: iso(fiche.fin),
      location: placeOf(fiche),
    }),
  });
}

function offersOf({ prix }: Fiche) {
  const euros = Number(prix?.replace(",", "."));
  if (prix === undefined || Number.isNaN(euros)) return undefined;
  return {
    "@type": "Offer",
    category: euros === 0 ? "Free" : "Paid",
    price: euros,
    priceCurrency: "EUR",
  };
}

function placeOf({ lieu, enseignement }: Fiche) {
  if (lieu?.ville === undefined || enseignement === "2") return undefined;
  return {
    "@type": "Place",
    address: pruned({
      "@type": "PostalAddress",
      streetAddress: lieu.lignes.join(", ") || undefined,
      postalCode: lieu.codePostal,
      addressLocality: lieu.ville,
      addressCountry: "FR",
    }),
  };
}

const iso = (jour: string | undefined): string | undefined =>
  jour === undefined ? undefined : `${jour.slice(0, 4)}-${jour.slice(4, 6)}-${jour.slice(6)}`;

function pruned(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined));
}

/** Text of the data block: nothing in it can end the element that holds it. */
export const writtenJsonLd = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");
