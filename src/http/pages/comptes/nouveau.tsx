import type { Connexion, Role } from "../../../access/index.ts";
import { Champ, Formulaire, Refus } from "../form.tsx";
import { Layout } from "../layout.tsx";
import { ChoixRole, MotDePasseOuLien } from "./choix.tsx";

/** Lets someone else in. */
export function NouveauComptePage({
  qui,
  refus,
  identifiant = "",
  nom = "",
  role = "lecteur",
}: {
  qui: Connexion | undefined;
  refus?: string;
  identifiant?: string;
  nom?: string;
  role?: Role;
}) {
  return (
    <Layout titre="Ajouter un compte" qui={qui} ici="/comptes">
      <p>
        <a href="/comptes">← Comptes</a>
      </p>
      <h1>Ajouter un compte</h1>
      <Refus texte={refus} />
      <Formulaire qui={qui} vers="/comptes/nouveau" classe="fiche">
        <Champ
          nom="identifiant"
          titre="Identifiant"
          valeur={identifiant}
          autocomplete="off"
          aide="Lettres sans accent, chiffres, points ou tirets ; une adresse mail convient."
        />
        <Champ nom="nom" titre="Nom affiché" valeur={nom} autocomplete="off" />
        <ChoixRole role={role} />
        <MotDePasseOuLien />
        <p class="actions">
          <button type="submit">Créer le compte</button>
          <a href="/comptes">Ne rien faire</a>
        </p>
      </Formulaire>
    </Layout>
  );
}
