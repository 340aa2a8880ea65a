import { Layout } from "../pages/layout.tsx";

/** A refusal above the form, read at once by who does not see it. */
function Refus({ texte }: { texte: string | undefined }) {
  if (texte === undefined) return null;
  return (
    <p class="souci" role="alert">
      {texte}
    </p>
  );
}

interface Champ {
  readonly nom: string;
  readonly titre: string;
  readonly type?: "text" | "password";
  readonly valeur?: string | undefined;
  readonly autocomplete: string;
  readonly aide?: string;
}

function Champ({ nom, titre, type = "text", valeur, autocomplete, aide }: Champ) {
  const common = {
    id: nom,
    name: nom,
    value: valeur,
    autocomplete,
    required: true,
    "aria-describedby": aide === undefined ? undefined : `${nom}-aide`,
  };
  return (
    <p class="champ">
      <label for={nom}>{titre}</label>
      {type === "password" ? <input type="password" {...common} /> : <input type="text" {...common} />}
      {aide === undefined ? null : (
        <small id={`${nom}-aide`} class="discret">
          {aide}
        </small>
      )}
    </p>
  );
}

export function SignInPage({
  vers,
  identifiant,
  refus,
}: {
  vers: string;
  identifiant?: string;
  refus?: string;
}) {
  return (
    <Layout titre="Connexion">
      <h1>Connexion</h1>
      <Refus texte={refus} />
      <form method="post" action="/connexion" class="fiche">
        <input type="hidden" name="vers" value={vers} />
        <Champ nom="identifiant" titre="Identifiant" valeur={identifiant} autocomplete="username" />
        <Champ nom="mot_de_passe" titre="Mot de passe" type="password" autocomplete="current-password" />
        <button type="submit">Se connecter</button>
      </form>
      <p class="aide">
        Mot de passe oublié ? Un administrateur peut en donner un autre :{" "}
        <code>offre-info accounts password</code>.
      </p>
    </Layout>
  );
}

export function InvitationPage({
  jeton,
  open,
  refus,
  identifiant,
  nom,
}: {
  jeton: string;
  open: boolean;
  refus?: string;
  identifiant?: string;
  nom?: string;
}) {
  if (!open)
    return (
      <Layout titre="Lien expiré">
        <h1>Lien expiré</h1>
        <p>
          Ce lien a déjà servi, ou a plus de 15 minutes. Relancez l'application dans un terminal pour en avoir
          un autre, ou connectez-vous.
        </p>
        <p>
          <a href="/connexion">Connexion</a>
        </p>
      </Layout>
    );
  return (
    <Layout titre="Premier administrateur">
      <h1>Premier administrateur</h1>
      <p class="chapeau">Créez votre compte : il pourra ensuite en créer d'autres.</p>
      <Refus texte={refus} />
      <form method="post" action={`/invitation/${jeton}`} class="fiche">
        <Champ nom="identifiant" titre="Identifiant" valeur={identifiant} autocomplete="username" />
        <Champ nom="nom" titre="Nom" valeur={nom} autocomplete="name" />
        <Champ
          nom="mot_de_passe"
          titre="Mot de passe"
          type="password"
          autocomplete="new-password"
          aide="12 caractères au moins : une phrase de quatre mots convient."
        />
        <button type="submit">Créer le compte</button>
      </form>
    </Layout>
  );
}
