import { type Erreurs, QUALIOPI, type TypeStructure } from "../../../catalogue/index.ts";
import { Case, Champ } from "./champs.tsx";
import type { Saisie } from "./saisie.ts";

interface Props {
  readonly type: TypeStructure;
  readonly saisie: Saisie;
  readonly erreurs: Erreurs;
  /** Identity, which a referent reads without changing it (S61). */
  readonly grise: boolean;
}

/** The fields of a structure; of an organisme, those of its record (S63–S66). */
export function ChampsStructure(props: Props) {
  return props.type === "organisme" ? <Organisme {...props} /> : <Autre {...props} />;
}

function Organisme({ saisie, erreurs, grise }: Props) {
  const un = (nom: string, titre: string, plus: { requis?: true; grise?: boolean; aide?: string } = {}) => (
    <Champ nom={nom} titre={titre} valeur={saisie.textes[nom]} erreur={erreurs[nom]} {...plus} />
  );
  const identite = { requis: true, grise } as const;
  return (
    <>
      <fieldset>
        <legend>Identité</legend>
        {grise ? (
          <p class="aide">L'identité est tenue par l'agence : écrivez-lui pour la faire corriger.</p>
        ) : null}
        {un("nom", "Nom affiché", identite)}
        {un("raison_sociale", "Raison sociale", identite)}
        {un("siret", "SIRET", { ...identite, aide: "14 chiffres." })}
        {un("numero_activite", "Numéro de déclaration d'activité", { ...identite, aide: "11 chiffres." })}
        {un("uai", "Code UAI", { grise, aide: "D'un établissement scolaire ou d'un CFA." })}
        <fieldset class="sous">
          <legend>Catégories Qualiopi</legend>
          {Object.entries(QUALIOPI).map(([code, titre]) => (
            <Case
              nom="qualiopi"
              valeur={code}
              titre={titre}
              coche={saisie.qualiopi.includes(code)}
              grise={grise}
              key={code}
            />
          ))}
          <small class="discret">
            « Apprentissage » est obligatoire pour publier une session en apprentissage.
          </small>
        </fieldset>
      </fieldset>
      <fieldset>
        <legend>Coordonnées</legend>
        {un("voie", "Nom de la voie", { requis: true })}
        {un("complement", "Complément d'adresse")}
        {un("code_postal", "Code postal", { requis: true })}
        {un("ville", "Ville", { requis: true })}
        {un("telephone", "Téléphone")}
        {un("courriel", "Courriel")}
        {un("web", "Site web", { aide: "Commence par https://" })}
      </fieldset>
      <fieldset>
        <legend>Contact</legend>
        <p class="aide">
          Publié avec chaque formation : il doit être complet et à jour. Un téléphone ou un courriel au moins.
        </p>
        {un("contact_nom", "Nom", { requis: true })}
        {un("contact_prenom", "Prénom")}
        {un("contact_telephone", "Téléphone du contact")}
        {un("contact_courriel", "Courriel du contact")}
      </fieldset>
      <fieldset>
        <legend>Kairos</legend>
        <Case nom="compte_kairos" titre="L'organisme a un compte Kairos" coche={saisie.compte_kairos} />
        <p class="discret">
          Sans lui, ses formations n'arrivent pas dans Kairos, où se font les devis et les dossiers de France
          Travail.
        </p>
      </fieldset>
    </>
  );
}

function Autre({ saisie, erreurs, grise }: Props) {
  const un = (nom: string, titre: string, requis?: true) => (
    <Champ
      nom={nom}
      titre={titre}
      valeur={saisie.textes[nom]}
      erreur={erreurs[nom]}
      requis={requis}
      grise={grise}
    />
  );
  return (
    <fieldset>
      <legend>Identité</legend>
      {un("nom", "Nom", true)}
      {un("siret", "SIRET")}
      {un("ville", "Ville")}
      {un("departement", "Département")}
    </fieldset>
  );
}
