import { keyOfCertification } from "../../../feed/index.ts";
import { firstDay } from "../../../lheo/index.ts";
import type { BrouillonSession } from "../../contenu.ts";
import { formatDate } from "../../formulaire/index.ts";
import type { Registre } from "../registre.ts";
import type { ActionLue, Releve } from "./releve.ts";

/** What the national register says of the certifications of an action (S79, S81, S140). */
export function checkRegistre(
  { contenu, organisme }: ActionLue,
  sessions: readonly BrouillonSession[],
  registre: Registre,
  releve: Releve,
): void {
  if (registre.vide) return;
  const debut = sessions
    .flatMap((session) => firstDay(session.debut ?? "") ?? [])
    .sort()
    .at(-1);
  for (const [rank, codes] of (contenu.certifications ?? []).entries()) {
    const cle = keyOfCertification(codes);
    if (cle === undefined) continue;
    const champ = `certifications[${rank}]`;
    const connue = registre.certifications.get(cle);
    if (connue === undefined) {
      if (/^R/.test(cle)) releve.add("certification-inconnue-du-registre", champ, { value: cle });
      continue;
    }
    const { fin_validite: fin, intitule } = connue;
    const value = `${cle} ${intitule}`;
    if (fin && debut !== undefined && fin < debut)
      releve.add("certification-echue", champ, { value, attendu: formatDate(fin) });
    if (registre.declarees.has(cle) && !registre.habilitations.has(cle))
      releve.add("certification-sans-habilitation", champ, { value, attendu: organisme.nom });
  }
}
