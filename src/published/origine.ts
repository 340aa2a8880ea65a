/** `origine` of what the catalogue of the guide publishes. */
export const ORIGINE_CATALOGUE = "catalogue";
/** Of what comes from the public registers of certifications. */
export const ORIGINE_REFERENTIEL = "referentiel";

/** What is kept here and in no agency's database: not being in a source is no reason for it to leave. */
export const TENUES_ICI: readonly string[] = [ORIGINE_CATALOGUE, ORIGINE_REFERENTIEL];
