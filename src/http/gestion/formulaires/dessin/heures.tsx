import type { Choix, Saisies } from "../../../../catalogue/index.ts";
import { idDe } from "../vue.ts";
import { Liste } from "./choix.tsx";

/** S84, S85: one number for each modality. */
export function Heures({
  nom,
  modalites,
  saisies,
}: {
  nom: string;
  modalites: readonly Choix[];
  saisies: Saisies;
}) {
  return (
    <div class="cote-a-cote">
      {modalites.map(({ valeur, texte }) => (
        <Petit key={valeur} nom={`${nom}[${valeur}]`} titre={texte} unite="heures" saisies={saisies} />
      ))}
    </div>
  );
}

export function Rythme({
  nom,
  unites,
  saisies,
}: {
  nom: string;
  unites: readonly Choix[];
  saisies: Saisies;
}) {
  const unite = `${nom}.unite`;
  return (
    <div class="cote-a-cote">
      <p>
        <label for={idDe(unite)}>Unité</label>
        <Liste
          nom={unite}
          choix={unites}
          valeur={saisies.get(unite)?.[0] ?? ""}
          commun={{ id: idDe(unite) }}
        />
      </p>
      <Petit nom={`${nom}.unites_entreprise`} titre="En entreprise" saisies={saisies} />
      <Petit nom={`${nom}.unites_centre`} titre="Au centre" saisies={saisies} />
    </div>
  );
}

function Petit({
  nom,
  titre,
  unite,
  saisies,
}: {
  nom: string;
  titre: string;
  unite?: string;
  saisies: Saisies;
}) {
  const id = idDe(nom);
  return (
    <p>
      <label for={id}>{titre}</label>
      <span class="avec-unite">
        <input
          type="text"
          id={id}
          name={nom}
          value={saisies.get(nom)?.[0] ?? ""}
          inputMode="numeric"
          autocomplete="off"
        />
        {unite === undefined ? null : <span>{unite}</span>}
      </span>
    </p>
  );
}
