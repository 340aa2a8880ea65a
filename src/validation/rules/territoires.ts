/** Départements and regions of France (INSEE, code officiel géographique), for consistency of addresses. */

/** Region → its départements. */
const REGIONS: Readonly<Record<string, string>> = {
  "01": "971",
  "02": "972",
  "03": "973",
  "04": "974",
  "06": "976",
  "11": "75 77 78 91 92 93 94 95",
  "24": "18 28 36 37 41 45",
  "27": "21 25 39 58 70 71 89 90",
  "28": "14 27 50 61 76",
  "32": "02 59 60 62 80",
  "44": "08 10 51 52 54 55 57 67 68 88",
  "52": "44 49 53 72 85",
  "53": "22 29 35 56",
  "75": "16 17 19 23 24 33 40 47 64 79 86 87",
  "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
  "84": "01 03 07 15 26 38 42 43 63 69 73 74",
  "93": "04 05 06 13 83 84",
  "94": "2A 2B",
};

/** Region before 2016 → the one it is in. Those that did not change are in `REGIONS` alone. */
const ANCIENNES: Readonly<Record<string, string>> = {
  "21": "44",
  "22": "32",
  "23": "28",
  "25": "28",
  "26": "27",
  "31": "32",
  "41": "44",
  "42": "44",
  "43": "27",
  "54": "75",
  "72": "75",
  "73": "76",
  "74": "75",
  "82": "84",
  "83": "84",
  "91": "76",
};

const REGION_DE: ReadonlyMap<string, string> = new Map(
  Object.entries(REGIONS).flatMap(([region, list]) =>
    list.split(" ").map((departement) => [departement, region]),
  ),
);

/** Overseas territories that are no département, and Corsica as a whole before 1976. */
const AUTRES = new Set(["20", "975", "977", "978", "984", "986", "987", "988", "98", "97"]);

export function isDepartement(code: string): boolean {
  return REGION_DE.has(code) || AUTRES.has(code);
}

export function isRegion(code: string): boolean {
  return Object.hasOwn(REGIONS, code);
}

/** The region of today for a code of before 2016; undefined when it is not one. */
export function regionActuelle(code: string): string | undefined {
  return ANCIENNES[code];
}

/** Region of a département; undefined overseas and for an unknown one. */
export function regionDe(departement: string): string | undefined {
  return REGION_DE.get(departement);
}

/**
 * May a postal code be one of that département? Corsica's begin with 20, overseas takes three digits, and
 * Saint-Barthélemy and Saint-Martin have Guadeloupe's.
 */
export function codePostalVraisemblable(codepostal: string, departement: string): boolean {
  if (departement === "2A" || departement === "2B" || departement === "20")
    return corse(codepostal, departement);
  if (departement === "977" || departement === "978")
    return codepostal.startsWith("971") || codepostal.startsWith(departement);
  return codepostal.startsWith(departement);
}

function corse(codepostal: string, departement: string): boolean {
  if (!codepostal.startsWith("20")) return false;
  if (departement === "20") return true;
  return departement === "2A" ? /^20[01]/.test(codepostal) : /^20[26]/.test(codepostal);
}

/** Département of a commune (code INSEE). */
export function departementDeCommune(commune: string): string {
  return /^9[78]/.test(commune) ? commune.slice(0, 3) : commune.slice(0, 2);
}
