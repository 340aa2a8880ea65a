import type { Adresse, Organisme, Session, Version } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import type { Bati } from "../entree.ts";
import { buildAdresse } from "./adresse.ts";

/**
 * LHEO `adresse-inscription`, which the form of the session does not ask: as given, else where the organisme
 * responsable is, else where the training happens.
 */
export function buildAdresseInscription(
  { numero, contenu }: Pick<Version<Pick<Session, "adresse_inscription" | "lieux">>, "numero" | "contenu">,
  organisme: Pick<Organisme, "coordonnees">,
  completions: Completions,
): Bati<"adresse-inscription"> | undefined {
  const { adresse_inscription, lieux } = contenu;
  if (adresse_inscription !== null && adresse_inscription !== undefined)
    return { adresse: buildAdresse(adresse_inscription) };
  const lieu = (lieux.find(({ principal }) => principal) ?? lieux[0])?.coordonnees.adresse;
  const [adresse, origine] =
    organisme.coordonnees.adresse != null
      ? [organisme.coordonnees.adresse, "l'organisme responsable"]
      : [lieu ?? undefined, "le lieu de formation"];
  if (adresse === undefined) return undefined;
  completions.say("adresse-inscription-complete-par-defaut", {
    path: "action/session[1]/adresse-inscription",
    value: enUneLigne(adresse),
    attendu: origine,
    session: numero,
  });
  return { adresse: buildAdresse(adresse) };
}

const enUneLigne = ({ lignes, code_postal, ville }: Adresse): string =>
  [...lignes, `${code_postal} ${ville}`].join(", ");
