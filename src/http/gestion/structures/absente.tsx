import type { RefusDeSaisie } from "../../../catalogue/index.ts";
import { Formulaire, Refus } from "../../pages/form.tsx";
import { CadreGestion } from "../cadre.tsx";
import type { Lecteur } from "../scope.ts";
import { Champ } from "./champs.tsx";

/** « Ma structure n'est pas dans la liste » (S14). */
export function AbsentePage({
  qui,
  place,
  saisie,
  dit,
}: Lecteur & {
  saisie: { nom: string; siret: string; ville: string; message: string };
  dit?: RefusDeSaisie;
}) {
  const erreurs = dit?.erreurs ?? {};
  return (
    <CadreGestion
      titre="Ma structure n'est pas dans la liste"
      qui={qui}
      place={place}
      ici="/gestion/structures"
    >
      <p>
        <a href="/gestion/structures">← Mes structures</a>
      </p>
      <h1>Ma structure n'est pas dans la liste</h1>
      <p class="chapeau">
        Cherchez-la d'abord par son SIRET : son nom peut être celui du siège. Si elle n'y est pas, dites-nous
        laquelle : l'agence vérifie qu'elle est un organisme de formation, la crée, et vous en devenez le
        référent.
      </p>
      <Refus texte={dit?.refus} />
      <Formulaire qui={qui} vers="/gestion/structures/absente" classe="large fiche">
        <Champ nom="nom" titre="Nom de la structure" valeur={saisie.nom} erreur={erreurs.nom} requis />
        <Champ
          nom="siret"
          titre="SIRET"
          valeur={saisie.siret}
          erreur={erreurs.siret}
          aide="14 chiffres, celui de l'établissement."
          requis
        />
        <Champ nom="ville" titre="Ville" valeur={saisie.ville} erreur={erreurs.ville} requis />
        <Champ
          nom="message"
          titre="Précisions"
          valeur={saisie.message}
          erreur={erreurs.message}
          aide="Votre fonction, un téléphone où vous rappeler…"
          long
        />
        <p class="actions">
          <button type="submit">Envoyer à l'agence</button>
          <a href="/gestion/structures">Ne rien faire</a>
        </p>
      </Formulaire>
    </CadreGestion>
  );
}
