import type { Adresse, AsRead, Geolocalisation } from "../../lheo/index.ts";
import { PAYS } from "./codes.ts";
import { type Constats, chaque, texte } from "./constats.ts";
import {
  codePostalVraisemblable,
  departementDeCommune,
  isDepartement,
  isRegion,
  regionActuelle,
  regionDe,
} from "./territoires.ts";
import { checkRemplissage } from "./textes.ts";

const FRANCE = new Set(["", "FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM", "NC", "PF", "WF"]);
const FACTICES = new Set(["00000", "99999", "11111", "12345"]);

/**
 * An address. `partners`: who refuses the record for a postal code that is not one, as for the place of training.
 */
export function checkAdresse(
  constats: Constats,
  adresse: AsRead<Adresse> | undefined,
  path: string,
  partners?: readonly string[],
): void {
  if (adresse === undefined) return;
  const pays = texte(adresse.pays);
  if (pays !== "" && !PAYS.has(pays)) constats.add("pays-inconnu", `${path}/pays`, { value: pays });
  chaque(adresse.ligne, `${path}/ligne`, (ligne, at) =>
    checkRemplissage(constats, texte(ligne), at, "ligne"),
  );
  if (adresse.ville !== undefined) checkRemplissage(constats, texte(adresse.ville), `${path}/ville`, "ville");
  checkGeolocalisation(constats, adresse.geolocalisation, `${path}/geolocalisation`);
  if (FRANCE.has(pays)) checkTerritoire(constats, adresse, path, partners);
}

function checkTerritoire(
  constats: Constats,
  adresse: AsRead<Adresse>,
  path: string,
  partners: readonly string[] | undefined,
): void {
  const codepostal = texte(adresse.codepostal);
  const departement = texte(adresse.departement);
  const commune = texte(adresse["code-INSEE-commune"]);
  const connu = departement !== "" && isDepartement(departement);
  if (departement !== "" && !connu) {
    constats.add("departement-inconnu", `${path}/departement`, { value: departement });
  }
  checkCodePostal(constats, codepostal, connu ? departement : "", `${path}/codepostal`, partners);
  if (commune !== "" && !/^(?:\d\d|2[AB])\d{3}$/.test(commune)) {
    constats.add("commune-forme", `${path}/code-INSEE-commune`, { value: commune });
  } else if (
    commune !== "" &&
    connu &&
    departement !== "20" &&
    !departementDeCommune(commune).startsWith(departement)
  ) {
    constats.add("commune-departement", `${path}/code-INSEE-commune`, {
      value: commune,
      attendu: departement,
    });
  }
  checkRegion(constats, texte(adresse.region), departement, `${path}/region`);
}

function checkCodePostal(
  constats: Constats,
  value: string,
  departement: string,
  path: string,
  partners: readonly string[] | undefined,
): void {
  if (value === "") return;
  if (!/^\d{5}$/.test(value))
    constats.add("codepostal-forme", path, { value, ...(partners && { partners }) });
  else if (FACTICES.has(value)) constats.add("codepostal-factice", path, { value });
  else if (departement !== "" && !codePostalVraisemblable(value, departement)) {
    constats.add("codepostal-departement", path, {
      value,
      attendu: value.slice(0, value.startsWith("97") ? 3 : 2),
    });
  }
}

function checkRegion(constats: Constats, value: string, departement: string, path: string): void {
  if (value === "") return;
  const actuelle = regionActuelle(value);
  const attendue = regionDe(departement);
  if (actuelle !== undefined) constats.add("region-ancienne", path, { value, attendu: actuelle });
  else if (!isRegion(value)) constats.add("region-inconnue", path, { value });
  else if (attendue !== undefined && attendue !== value) {
    constats.add("region-departement", path, { value, attendu: departement });
  }
}

const NOMBRE = /^\s*[+-]?\d+(?:\.\d+)?\s*$/;

function checkGeolocalisation(
  constats: Constats,
  geo: AsRead<Geolocalisation> | undefined,
  path: string,
): void {
  if (geo === undefined) return;
  const [latitude, longitude] = [texte(geo.latitude), texte(geo.longitude)];
  let lisible = true;
  for (const [name, value] of [
    ["latitude", latitude],
    ["longitude", longitude],
  ] as const) {
    if (NOMBRE.test(value)) continue;
    constats.add("geolocalisation-illisible", `${path}/${name}`, { value });
    lisible = false;
  }
  if (!lisible) return;
  const [lat, long] = [Number(latitude), Number(longitude)];
  if (Math.abs(lat) > 90 || Math.abs(long) > 180 || (lat === 0 && long === 0)) {
    constats.add("geolocalisation-hors-bornes", path, { value: `${latitude}, ${longitude}` });
  }
}
