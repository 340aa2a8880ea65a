/**
 * Département of an address of a feed: as written, else that of its commune (code INSEE), else of its postal code, which
 * is right but for the few communes served from across the border. Empty when nothing says it.
 */
export function departementOf(adresse: {
  readonly departement?: string | undefined;
  readonly insee?: string | undefined;
  readonly codePostal?: string | undefined;
}): string {
  const { departement = "", insee = "", codePostal = "" } = adresse;
  if (departement !== "") return departement;
  if (/^\d[\dAB]\d{3}$/.test(insee)) return beginningOf(insee);
  if (/^20[0-6]\d\d$/.test(codePostal)) return /^20[01]/.test(codePostal) ? "2A" : "2B";
  return /^\d{5}$/.test(codePostal) ? beginningOf(codePostal) : "";
}

const beginningOf = (code: string): string => code.slice(0, /^9[78]/.test(code) ? 3 : 2);
