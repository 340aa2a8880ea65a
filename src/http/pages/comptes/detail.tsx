import {
  type CompteSuivi,
  type Connexion,
  type ConnexionOuverte,
  LIBELLES_ROLES,
} from "../../../access/index.ts";
import { Fait } from "../faits.tsx";
import { Accompli, Formulaire, Refus } from "../form.tsx";
import { instant } from "../format.ts";
import { Layout, Section } from "../layout.tsx";
import { ChoixRole, MotDePasseOuLien } from "./choix.tsx";
import { Connexions } from "./connexions.tsx";
import { EtatCompte } from "./list.tsx";

/** One account, and what can be done with it. */
export function ComptePage({
  qui,
  compte,
  connexions,
  fait,
  refus,
}: {
  qui: Connexion | undefined;
  compte: CompteSuivi;
  connexions: readonly ConnexionOuverte[];
  fait?: string | undefined;
  refus?: string | undefined;
}) {
  const here = `/comptes/${compte.id}`;
  const open = compte.disabled_at === null;
  return (
    <Layout titre={compte.nom} qui={qui} ici="/comptes">
      <p>
        <a href="/comptes">← Comptes</a>
      </p>
      <h1>
        {compte.nom} <EtatCompte compte={compte} />
      </h1>
      <Accompli texte={fait} />
      <Refus texte={refus} />
      <dl class="faits">
        <Fait titre="Identifiant">
          <span class="code">{compte.identifiant}</span>
        </Fait>
        <Fait titre="Rôle">{LIBELLES_ROLES[compte.role]}</Fait>
        <Fait titre="Créé">{instant(compte.created_at)}</Fait>
        <Fait titre="Dernière connexion">
          {compte.last_sign_in_at === null ? "jamais" : instant(compte.last_sign_in_at)}
        </Fait>
        {compte.lien === null ? null : (
          <Fait titre="Lien de mot de passe">valable jusqu'au {instant(compte.lien)}</Fait>
        )}
        <Fait titre="Ses actes">
          <a href={`/journal?acteur=${encodeURIComponent(`compte:${compte.identifiant}`)}`}>au journal</a>
        </Fait>
      </dl>
      <Section titre="Rôle" aide="Ses connexions se ferment : la personne revient avec son nouveau rôle.">
        <Formulaire qui={qui} vers={`${here}/role`} classe="fiche">
          <ChoixRole role={compte.role} />
          <button type="submit">Changer le rôle</button>
        </Formulaire>
      </Section>
      <Section titre="Mot de passe" aide="L'actuel cesse aussitôt d'ouvrir, et ses connexions se ferment.">
        <Formulaire qui={qui} vers={`${here}/mot-de-passe`} classe="fiche">
          <MotDePasseOuLien />
          <button type="submit">Donner un autre mot de passe</button>
        </Formulaire>
      </Section>
      <Section titre="Connexions ouvertes">
        <Connexions connexions={connexions} ici={qui?.id} />
        {connexions.length === 0 ? null : (
          <Formulaire qui={qui} vers={`${here}/deconnecter`} classe="actions">
            <button type="submit" class="second">
              Fermer ses connexions
            </button>
          </Formulaire>
        )}
      </Section>
      <Section
        titre={open ? "Fermer le compte" : "Rouvrir le compte"}
        aide={
          open
            ? "La personne sort aussitôt et ne peut plus entrer ; ce qu'elle a fait reste au journal."
            : "La personne peut de nouveau entrer, avec son mot de passe et son rôle."
        }
      >
        <Formulaire qui={qui} vers={`${here}/${open ? "fermer" : "rouvrir"}`} classe="actions">
          <button type="submit" class="second">
            {open ? "Fermer ce compte" : "Rouvrir ce compte"}
          </button>
        </Formulaire>
      </Section>
    </Layout>
  );
}
