import { type SessionReceipt, sessionReceipts } from "../../delivery/index.ts";
import { type EtatDeDiffusion, type Explication, explainSession } from "../../edition/index.ts";
import { PROFILS, sentenceOfMotif } from "../../feed/index.ts";
import { readProfils, seedProfils } from "../../partner/index.ts";
import { CAUSES } from "../../snapshot/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { day, EXIT, Failure, instant, plain, print, printJson } from "../output.ts";

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
    const partenaires = await sessionReceipts(db, { session: numero });
    if (options.json === true) printJson({ ...found, partenaires });
    else print([describe(found), ...partenaires.flatMap(describeReceipt)].join("\n"));
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

/** What a partner that it was sent to made of it. */
function describeReceipt({ nom, partner, envoi, accuse }: SessionReceipt): string[] {
  const sent = `  ${nom} (${partner}) : version ${envoi.version} envoyée le ${instant(envoi.at)}`;
  if (envoi.rejetee)
    return [`${sent}, fichier refusé en entier ; voir : offre-info receipts show ${envoi.delivery}`];
  if (accuse === undefined) return [`${sent}, sans nouvelle depuis`];
  const about = accuse.actuel ? "" : ", pour une version d'avant";
  const what = { acquittee: "acquittée", visible: "visible", refusee: "refusée" }[accuse.etat];
  const lines = [`${sent}, ${what} le ${instant(accuse.at)}${about}`];
  if (accuse.refus === undefined) return lines;
  return [...lines, `    ${plain(accuse.refus.libelle)} ${plain(accuse.refus.remede)}`];
}

function sentenceOf({ etat, nom, profil, via }: EtatDeDiffusion): string {
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
    case "garde": {
      const what =
        etat.cause === undefined
          ? "elle entre ou change quand il repart"
          : `elle en disparaîtrait (${CAUSES[etat.cause].libelle})`;
      return `retenue par la garde : le flux${served} est retenu depuis le ${instant(etat.depuis)}, ${what} ; voir : offre-info guard show ${via ?? profil}`;
    }
    case "incomplete":
      return `son ${etat.manque === "action" ? "action" : "organisme"} n'est pas publié${etat.manque === "action" ? "e" : ""}`;
  }
}
