import type { Session, Version } from "../../published/contract/index.ts";
import type { Completions } from "../completions.ts";
import type { Bati, Contexte, Entree } from "../entree.ts";
import { modalitesDeSession } from "../modalites.ts";
import { numeroAction } from "../numeros.ts";
import { attributsDeSuiviAction } from "../suivi.ts";
import { booleen, codeRef, entier, liste, optionnel, optionnels, urlwebs } from "../valeurs.ts";
import { buildAdresse } from "./adresse.ts";
import { buildModalitesAlternance } from "./alternanceTexte.ts";
import { buildConditions } from "./conditions.ts";
import { buildModalitesEnseignement } from "./enseignement.ts";
import { buildExtrasAction } from "./extrasAction.ts";
import { buildFinanceur } from "./financeur.ts";
import { buildFormateurs } from "./formateurs.ts";
import { buildHeures } from "./heures.ts";
import { buildLieu } from "./lieu.ts";
import { buildNiveauObligatoire } from "./niveauObligatoire.ts";
import { buildPriseEnCharge } from "./priseEnCharge.ts";
import { buildPublics } from "./publics.ts";
import { buildRythme } from "./rythme.ts";
import { buildSession } from "./session.ts";

/** dict-modalites-es; séquencées go with permanentes and say so in an extra (H3). */
const TYPES_ENTREE = { dates_fixes: "0", permanentes: "1", sequencees: "1" } as const;

/**
 * LHEO `action`: one for each session. What the guide asks on the session but LHEO puts here comes from the session,
 * the rest from the action of the catalogue unless the session overrides it.
 */
export function buildAction(
  entree: Omit<Entree, "sessions">,
  session: Version<Session>,
  contexte: Contexte,
  completions: Completions,
): Bati<"action"> {
  const { action, organisme } = entree;
  const { contenu } = session;
  const { voie } = contenu;
  const m = modalitesDeSession(action.contenu.modalites, contenu.modalites);
  const heures = buildHeures(m);
  const adresseInformation = m.adresse_information;
  return {
    "@": attributsDeSuiviAction(numeroAction(contexte.base, session), session, action),
    "rythme-formation": buildRythme(m, voie, completions),
    "code-public-vise": buildPublics(m, completions),
    "info-public-vise": optionnel(m.info_public),
    "niveau-entree-obligatoire": buildNiveauObligatoire(m, completions),
    "modalites-alternance": buildModalitesAlternance(m, voie, completions),
    "modalites-enseignement": buildModalitesEnseignement(m, contenu, completions),
    "conditions-specifiques": buildConditions(m, completions),
    "prise-en-charge-frais-possible": buildPriseEnCharge(m, action.contenu, voie, completions),
    "lieu-de-formation": liste(contenu.lieux, buildLieu),
    "modalites-entrees-sorties": TYPES_ENTREE[contenu.type_entree],
    "url-action": urlwebs(m.urls_action),
    "duree-cycle": entier(m.duree_cycle),
    session: [buildSession(entree, session, contexte, completions)],
    "adresse-information":
      adresseInformation === null || adresseInformation === undefined
        ? undefined
        : { adresse: buildAdresse(adresseInformation) },
    "date-information": liste(m.dates_information, (date) => ({ date })),
    restauration: optionnel(m.restauration),
    hebergement: optionnel(m.hebergement),
    transport: optionnel(m.transport),
    "acces-handicapes": optionnel(m.acces_handicapes),
    "langue-formation": optionnels(m.langues),
    "modalites-recrutement": optionnel(m.modalites_recrutement),
    "modalites-pedagogiques": optionnel(m.modalites_pedagogiques),
    "code-modalite-pedagogique": liste(m.codes_modalite_pedagogique, codeRef),
    "frais-restants": optionnel(m.frais_restants),
    "code-perimetre-recrutement": optionnel(m.perimetre_recrutement),
    "infos-perimetre-recrutement": optionnel(m.infos_perimetre_recrutement),
    "prix-horaire-TTC": optionnel(m.prix_horaire_ttc),
    "prix-total-TTC": optionnel(m.prix_total_ttc),
    "duree-indicative": optionnel(m.duree_indicative),
    "nombre-heures-centre": heures.centre,
    "nombre-heures-entreprise": heures.entreprise,
    "nombre-heures-total": heures.total,
    "detail-conditions-prise-en-charge": optionnel(m.detail_prise_en_charge),
    conventionnement: booleen(m.conventionnement ?? (action.contenu.conventionnee ? true : undefined)),
    "duree-conventionnee": entier(m.duree_conventionnee),
    "organisme-formateur": buildFormateurs(session, organisme, contexte.base, completions),
    "organisme-financeur": liste(m.financeurs, buildFinanceur),
    extras: buildExtrasAction(m, contenu),
  };
}
