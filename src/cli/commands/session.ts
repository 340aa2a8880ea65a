import { type EtatDeDiffusion, type Explication, explainSession } from "../../edition/index.ts";
import { PROFILS, sentenceOfMotif } from "../../feed/index.ts";
import { readProfils, seedProfils } from "../../partner/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { EXIT, Failure, print, printJson } from "../output.ts";

/** `offre-info session`: where a session stands for each profile, from when, or why not. */
export async function session(numero: string, options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    await seedProfils(db, PROFILS);
    const found = await explainSession(db, numero, { profils: await readProfils(db) });
    if (found === undefined) {
      throw new Failure(
        `La session « ${numero} » n'a jamais été publiée. Vérifiez son numéro.`,
        EXIT.negative,
      );
    }
    if (options.json === true) printJson(found);
    else print(describe(found));
  });
}

function describe({ session: numero, version, profils }: Explication): string {
  const lines = profils.flatMap((one) => {
    const shown =
      one.presence === undefined
        ? []
        : [`    dans le flux : version ${one.presence.version}, depuis le ${instant(one.presence.depuis)}`];
    return [`  ${one.nom} (${one.profil}) : ${sentenceOf(one)}`, ...shown];
  });
  return [`Session ${numero}, version ${version} :`, ...lines].join("\n");
}

function sentenceOf({ etat, nom, via }: EtatDeDiffusion): string {
  const served = via === undefined ? "" : `, par ${via}`;
  switch (etat.code) {
    case "dans":
      return `dedans${served}`;
    case "prochaine-edition":
      return `entre à la prochaine édition${served}`;
    case "attente": {
      const days = etat.explain.map(({ jour, raison }) => `${day(jour)} (${raison})`).join(", ");
      return `part à partir du ${instant(etat.at)}, visible vers le ${day(etat.visible)}${days === "" ? "" : ` ; jours passés : ${days}`}`;
    }
    case "hors-perimetre":
      return sentenceOfMotif(etat.motif, { nom });
    case "ecartee":
      return etat.notices.map(({ message }) => message).join(" ");
    case "retiree":
      return `retirée le ${instant(etat.at)} (${etat.motif})`;
    case "incomplete":
      return `son ${etat.manque === "action" ? "action" : "organisme"} n'est pas publié${etat.manque === "action" ? "e" : ""}`;
  }
}

const INSTANT = new Intl.DateTimeFormat("fr-FR", {
  dateStyle: "short",
  timeStyle: "short",
  timeZone: "Europe/Paris",
});
const instant = (at: Date): string => INSTANT.format(at);
const day = (jour: string): string => `${jour.slice(6)}/${jour.slice(4, 6)}/${jour.slice(0, 4)}`;
