import {
  LIBELLES_TYPES,
  type RefusDeSaisie,
  TYPES_STRUCTURE,
  type TypeStructure,
} from "../../../catalogue/index.ts";
import { Formulaire, Refus } from "../../pages/form.tsx";
import { CadreGestion } from "../cadre.tsx";
import type { Lecteur } from "../scope.ts";
import { Champ } from "./champs.tsx";
import { ChampsStructure } from "./formulaire.tsx";
import type { Saisie } from "./saisie.ts";

/** Adds a structure; with `demande`, one that somebody asked for (S14). */
export function NouvelleStructurePage({
  qui,
  place,
  type,
  numero,
  saisie,
  demande,
  dit,
}: Lecteur & {
  type: TypeStructure;
  numero: string;
  saisie: Saisie;
  demande: number | undefined;
  dit?: RefusDeSaisie;
}) {
  const erreurs = dit?.erreurs ?? {};
  return (
    <CadreGestion titre="Ajouter une structure" qui={qui} place={place} ici="/gestion/structures">
      <p>
        <a href="/gestion/structures/toutes">← Toutes les structures</a>
      </p>
      <h1>Ajouter une structure</h1>
      {demande === undefined ? (
        <p class="actions">
          {TYPES_STRUCTURE.map((one) => (
            <a
              class="bouton"
              href={`/gestion/structures/nouvelle?type=${one}`}
              aria-current={one === type ? "page" : undefined}
              key={one}
            >
              {LIBELLES_TYPES[one]}
            </a>
          ))}
        </p>
      ) : (
        <p>La personne qui l'a demandée en deviendra le référent.</p>
      )}
      <Refus texte={dit?.refus} />
      <Formulaire
        qui={qui}
        vers="/gestion/structures/nouvelle"
        classe="large fiche"
        champs={{ type, ...(demande === undefined ? {} : { demande: String(demande) }) }}
      >
        <Champ
          nom="numero"
          titre="Numéro"
          valeur={numero}
          erreur={erreurs.numero}
          aide="Facultatif : le SIRET par défaut. Il ne changera plus, et part dans les flux."
        />
        <ChampsStructure type={type} saisie={saisie} erreurs={erreurs} grise={false} />
        <p class="actions">
          <button type="submit">Créer la structure</button>
          <a href="/gestion/structures/toutes">Ne rien faire</a>
        </p>
      </Formulaire>
    </CadreGestion>
  );
}
