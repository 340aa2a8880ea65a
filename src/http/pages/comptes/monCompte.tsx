import { type Connexion, type ConnexionOuverte, LIBELLES_ROLES } from "../../../access/index.ts";
import { Fait } from "../faits.tsx";
import { Accompli, AIDE_MOT_DE_PASSE, Champ, Formulaire, Refus } from "../form.tsx";
import { Layout, Section } from "../layout.tsx";
import { Connexions } from "./connexions.tsx";

/** One's own account: the password, and the browsers that are signed in. */
export function MonComptePage({
  qui,
  connexions,
  fait,
  refus,
}: {
  qui: Connexion;
  connexions: readonly ConnexionOuverte[];
  fait?: string | undefined;
  refus?: string | undefined;
}) {
  return (
    <Layout titre="Mon compte" qui={qui}>
      <h1>Mon compte</h1>
      <Accompli texte={fait} />
      <dl class="faits">
        <Fait titre="Nom">{qui.compte.nom}</Fait>
        <Fait titre="Identifiant">
          <span class="code">{qui.compte.identifiant}</span>
        </Fait>
        <Fait titre="Rôle">{LIBELLES_ROLES[qui.compte.role]}</Fait>
      </dl>
      <Section titre="Mot de passe" aide="Vos autres connexions se ferment quand il change.">
        <Refus texte={refus} />
        <Formulaire qui={qui} vers="/mon-compte/mot-de-passe" classe="fiche">
          <Champ nom="ancien" titre="Mot de passe actuel" type="password" autocomplete="current-password" />
          <Champ
            nom="nouveau"
            titre="Nouveau mot de passe"
            type="password"
            autocomplete="new-password"
            aide={AIDE_MOT_DE_PASSE}
          />
          <button type="submit">Changer le mot de passe</button>
        </Formulaire>
      </Section>
      <Section
        titre="Connexions ouvertes"
        aide="Fermez celles que vous ne reconnaissez pas, et changez de mot de passe."
      >
        <Connexions
          connexions={connexions}
          ici={qui.id}
          acte={({ id }) => (
            <Formulaire qui={qui} vers="/mon-compte/deconnecter" champs={{ seule: String(id) }}>
              <button type="submit" class="second">
                Fermer
              </button>
            </Formulaire>
          )}
        />
        {connexions.length < 2 ? null : (
          <Formulaire qui={qui} vers="/mon-compte/deconnecter" classe="actions">
            <button type="submit" class="second">
              Fermer toutes les autres
            </button>
          </Formulaire>
        )}
      </Section>
    </Layout>
  );
}
