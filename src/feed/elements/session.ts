import type { Session, Version } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import type { Bati, Contexte, Entree } from "../entree.ts";
import { numeroSession } from "../numeros.ts";
import { attributsDeSuivi } from "../suivi.ts";
import { liste, optionnel, urlwebs } from "../valeurs.ts";
import { buildAdresseInscription } from "./adresseInscription.ts";
import { buildListeBlocs } from "./blocs.ts";
import { buildContact } from "./contact.ts";
import { buildCycle, signalerCycle } from "./cycle.ts";
import { buildExtrasSession } from "./extrasSession.ts";
import { buildPeriode } from "./periode.ts";
import { buildRecrutement } from "./recrutement.ts";
import { buildReferences } from "./referenceCertification.ts";

/** LHEO `session` (S49, S90–S111). */
export function buildSession(
  entree: Omit<Entree, "sessions">,
  session: Version<Session>,
  contexte: Contexte,
  completions: Completions,
): Bati<"session"> {
  const { numero, contenu } = session;
  const { periode_inscription } = contenu;
  const cycle = buildCycle(contenu);
  signalerCycle(contenu, numero, completions);
  return {
    "@": attributsDeSuivi(numeroSession(session), session),
    periode: buildPeriode(contenu),
    "adresse-inscription": buildAdresseInscription(session, entree.organisme.contenu, completions),
    "modalites-inscription": optionnel(contenu.modalites_inscription),
    "periode-inscription":
      periode_inscription === null || periode_inscription === undefined
        ? undefined
        : { periode: buildPeriode(periode_inscription) },
    "etat-recrutement": optionnel(contenu.etat_recrutement),
    recrutement: liste(contenu.recrutements, buildRecrutement),
    "url-session": urlwebs(contenu.urls),
    "contact-session": liste(contenu.contacts, buildContact),
    "reference-certification": buildReferences(contenu.certifications),
    "blocs-competences": buildListeBlocs(contenu.certifications, {
      certifications: entree.certifications,
      completions,
      session: numero,
    }),
    cycle: cycle === undefined ? undefined : [cycle],
    extras: buildExtrasSession(entree, session, contexte),
  };
}
