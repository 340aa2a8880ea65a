import type { Choix } from "../../../../catalogue/index.ts";
import { idDe } from "../vue.ts";

/** What stands and is not proposed any more is still there to be seen. */
const avecActuel = (choix: readonly Choix[], valeur: string): readonly Choix[] =>
  valeur === "" || choix.some((one) => one.valeur === valeur)
    ? choix
    : [...choix, { valeur, texte: `${valeur} (ancienne valeur)` }];

export function Boutons({
  nom,
  choix,
  valeur,
  facultatif,
  ...forme
}: {
  nom: string;
  choix: readonly Choix[];
  valeur: string;
  facultatif: boolean;
  "en-ligne"?: boolean;
}) {
  const options = [
    ...avecActuel(choix, valeur),
    ...(facultatif ? [{ valeur: "", texte: "Ne pas préciser" } as Choix] : []),
  ];
  return (
    <div class={forme["en-ligne"] === true ? "boutons sur-une-ligne" : "boutons"}>
      {options.map(({ valeur: code, texte, aide }) => (
        <Bouton
          key={code}
          type="radio"
          nom={nom}
          code={code}
          texte={texte}
          aide={aide}
          choisi={code === valeur}
        />
      ))}
    </div>
  );
}

/** Several answers; a blank one goes along, so that none ticked is an answer too. */
export function Cases({
  nom,
  choix,
  valeurs,
}: {
  nom: string;
  choix: readonly Choix[];
  valeurs: readonly string[];
}) {
  const options = valeurs.reduce<readonly Choix[]>(avecActuel, choix);
  return (
    <div class="boutons en-colonnes">
      <input type="hidden" name={nom} value="" />
      {options.map(({ valeur: code, texte, aide }) => (
        <Bouton
          key={code}
          type="checkbox"
          nom={nom}
          code={code}
          texte={texte}
          aide={aide}
          choisi={valeurs.includes(code)}
        />
      ))}
    </div>
  );
}

export function Bouton({
  type,
  nom,
  code,
  texte,
  aide,
  choisi,
}: {
  type: "radio" | "checkbox";
  nom: string;
  code: string;
  texte: string;
  aide?: string | undefined;
  choisi: boolean;
}) {
  const id = `${idDe(nom)}--${idDe(code === "" ? "aucun" : code)}`;
  return (
    <p class="bouton-de-choix">
      <input
        type={type}
        id={id}
        name={nom}
        value={code}
        checked={choisi}
        aria-describedby={aide === undefined ? undefined : `${id}-aide`}
      />
      <label for={id}>{texte}</label>
      {aide === undefined ? null : <small id={`${id}-aide`}>{aide}</small>}
    </p>
  );
}

/** What an input says of itself. */
interface Commun {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true | undefined;
  readonly "aria-required"?: true | undefined;
}

export function Liste({
  nom,
  choix,
  valeur,
  commun,
}: {
  nom: string;
  choix: readonly Choix[];
  valeur: string;
  commun: Commun;
}) {
  return (
    <select {...commun} name={nom}>
      <option value="" selected={valeur === ""}>
        — à choisir —
      </option>
      {avecActuel(choix, valeur).map(({ valeur: code, texte }) => (
        <option key={code} value={code} selected={code === valeur}>
          {texte}
        </option>
      ))}
    </select>
  );
}
