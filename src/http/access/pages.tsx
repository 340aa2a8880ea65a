import type { Invitation } from "../../access/index.ts";
import { AIDE_MOT_DE_PASSE, Champ, Refus } from "../pages/form.tsx";
import { Layout, Section } from "../pages/layout.tsx";

/** Two ways in: with an account, or without one (S3). */
export function SignInPage({
  vers,
  identifiant,
  refus,
  contact,
}: {
  vers: string;
  identifiant?: string;
  refus?: string;
  /** Mail of the agency. */
  contact: string | undefined;
}) {
  return (
    <Layout titre="Connexion">
      <h1>Connexion</h1>
      <div class="deux-voies">
        <Section titre="J'ai un compte">
          <Refus texte={refus} />
          <form method="post" action="/connexion" class="fiche">
            <input type="hidden" name="vers" value={vers} />
            <Champ nom="identifiant" titre="Identifiant" valeur={identifiant} autocomplete="username" />
            <Champ nom="mot_de_passe" titre="Mot de passe" type="password" autocomplete="current-password" />
            <button type="submit">Se connecter</button>
          </form>
          <p class="aide">
            Mot de passe oublié ? Demandez à un administrateur un lien pour en choisir un autre.
          </p>
        </Section>
        <Section titre="Je n'ai pas de compte">
          <p>
            Un compte se demande à l'agence
            {contact === undefined ? null : (
              <>
                {" "}
                : <a href={`mailto:${contact}`}>{contact}</a>
              </>
            )}
            . Dites votre nom, votre courriel, et le SIRET de l'organisme pour lequel vous agirez.
          </p>
          <ol>
            <li>Vous recevez un lien, pour choisir votre mot de passe.</li>
            <li>
              Vous vous connectez et demandez votre affiliation dans « Mes structures » : le référent de la
              structure l'accepte.
            </li>
            <li>
              Votre structure n'y est pas ? Demandez qu'elle soit ajoutée : vous en deviendrez le référent.
            </li>
          </ol>
        </Section>
      </div>
    </Layout>
  );
}

/** What a link is for: the first account, or the password of one that is there. */
export function InvitationPage({
  jeton,
  invitation,
  refus,
  identifiant,
  nom,
}: {
  jeton: string;
  invitation: Invitation | undefined;
  refus?: string;
  identifiant?: string;
  nom?: string;
}) {
  if (invitation === undefined)
    return (
      <Layout titre="Lien expiré">
        <h1>Lien expiré</h1>
        <p>
          Ce lien a déjà servi, ou n'est plus valable. Demandez-en un autre à un administrateur (ou relancez
          l'application dans un terminal s'il n'y en a pas encore), ou connectez-vous.
        </p>
        <p>
          <a href="/connexion">Connexion</a>
        </p>
      </Layout>
    );
  const first = invitation.pour === "premier";
  const titre = first ? "Premier administrateur" : "Votre mot de passe";
  return (
    <Layout titre={titre}>
      <h1>{titre}</h1>
      <p class="chapeau">
        {first
          ? "Créez votre compte : il pourra ensuite en créer d'autres."
          : `Bonjour ${invitation.nom}. Choisissez le mot de passe du compte « ${invitation.identifiant} ».`}
      </p>
      <Refus texte={refus} />
      <form method="post" action={`/invitation/${jeton}`} class="fiche">
        {first ? (
          <>
            <Champ nom="identifiant" titre="Identifiant" valeur={identifiant} autocomplete="username" />
            <Champ nom="nom" titre="Nom" valeur={nom} autocomplete="name" />
          </>
        ) : (
          <input type="hidden" name="identifiant" value={invitation.identifiant} autocomplete="username" />
        )}
        <Champ
          nom="mot_de_passe"
          titre="Mot de passe"
          type="password"
          autocomplete="new-password"
          aide={AIDE_MOT_DE_PASSE}
        />
        <button type="submit">{first ? "Créer le compte" : "Enregistrer"}</button>
      </form>
    </Layout>
  );
}
