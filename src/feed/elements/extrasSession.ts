import type { Extras } from "../../lheo/index.ts";
import type { Session, Version } from "../../published/contract/index.ts";
import { mentionsCpf } from "../cpf.ts";
import type { Contexte, Entree } from "../entree.ts";
import { extras, listeExtras } from "../extras.ts";
import { optionnel } from "../valeurs.ts";
import { buildEligibiliteCpf, estDejaPortee } from "./eligibiliteCpf.ts";

/** LHEO `session/extras`: the comment, which the moteur pro shows as a tooltip (S108), and the CPF mentions (S75). */
export function buildExtrasSession(
  entree: Omit<Entree, "sessions">,
  session: Version<Session>,
  { maintenant }: Pick<Contexte, "maintenant">,
): readonly Extras[] | undefined {
  const commentaire = optionnel(session.contenu.commentaire);
  return listeExtras([
    ...mentionsCpf(entree, session, maintenant)
      .filter((mention) => !estDejaPortee(mention, session.contenu.tel_quel))
      .map(buildEligibiliteCpf),
    commentaire === undefined ? undefined : extras("specificites-session", [["commentaire", commentaire]]),
  ]);
}
