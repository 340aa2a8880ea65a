import { type Element, ORIGINE, type Repetition } from "../../../../catalogue/index.ts";
import { idDe, type Vue } from "../vue.ts";
import { ChampVue } from "./champ.tsx";
import { Dits, Point } from "./dits.tsx";

/** The elements of a section, of a group or of an item, in order. */
export function Elements({
  elements,
  prefixe = "",
  vue,
}: {
  elements: readonly Element[];
  prefixe?: string;
  vue: Vue;
}) {
  return (
    <>
      {elements.map((element) => (
        <UnElement key={element.nom + element.titre} element={element} prefixe={prefixe} vue={vue} />
      ))}
    </>
  );
}

function UnElement({ element, prefixe, vue }: { element: Element; prefixe: string; vue: Vue }) {
  const nom = prefixe + element.nom;
  if (element.genre === "champ") return <ChampVue champ={element} nom={nom} vue={vue} />;
  if (element.genre === "repetition") return <Repete repetition={element} nom={nom} vue={vue} />;
  const inner = element.nom === "" ? prefixe : `${nom}.`;
  const body = <Elements elements={element.elements} prefixe={inner} vue={vue} />;
  const dits = element.nom === "" ? null : <Dits nom={nom} dits={vue.dits.get(nom)} />;
  const aide = element.aide === undefined ? null : <small class="aide-du-champ">{element.aide}</small>;
  if (element.replie === true)
    return (
      <details
        class="saisie-repliee"
        open={isFilled(element.elements, inner, vue)}
        data-voies={element.voies?.join(" ")}
      >
        <summary>{element.titre}</summary>
        {aide}
        {body}
        {dits}
      </details>
    );
  if (element.titre === "")
    return (
      <div class="saisie groupe" id={idDe(nom)} tabIndex={-1}>
        {body}
        {dits}
      </div>
    );
  return (
    <fieldset
      class="saisie groupe"
      id={element.nom === "" ? undefined : idDe(nom)}
      data-voies={element.voies?.join(" ")}
      tabIndex={-1}
    >
      <legend>
        {element.titre}
        <Point requis={element.requis} />
      </legend>
      {aide}
      {body}
      {dits}
    </fieldset>
  );
}

/** What is folded opens when there is something in it, or something said of it. */
function isFilled(elements: readonly Element[], prefixe: string, vue: Vue): boolean {
  return elements.some(({ nom }) =>
    [...vue.saisies].some(
      ([name, textes]) =>
        name.startsWith(prefixe + nom) && textes.some((texte) => texte !== "") && !name.endsWith(ORIGINE),
    ),
  );
}

function Repete({ repetition, nom, vue }: { repetition: Repetition; nom: string; vue: Vue }) {
  const stored = rangsDe(vue, nom);
  const blank = vue.ajout === nom || (repetition.requis === true && stored === 0) ? 1 : 0;
  const total = Math.min(stored + blank, repetition.max);
  return (
    <div class="repetition" id={idDe(nom)} data-repetition={nom} data-max={repetition.max} tabIndex={-1}>
      <input type="hidden" name={nom} value="" />
      <Dits nom={nom} dits={vue.dits.get(nom)} />
      {Array.from({ length: total }, (_, rang) => (
        <Item
          key={rang}
          repetition={repetition}
          nom={nom}
          rang={String(rang)}
          vue={vue}
          neuf={rang >= stored}
        />
      ))}
      <template data-modele={nom}>
        <Item
          repetition={repetition}
          nom={nom}
          rang={RANG}
          vue={{ ...vue, saisies: new Map(), dits: new Map() }}
          neuf
        />
      </template>
      <p>
        <button
          type="submit"
          name="acte"
          value={`ajouter:${nom}`}
          class="second"
          formNoValidate
          data-ajouter={nom}
          hidden={total >= repetition.max}
        >
          {repetition.ajouter}
        </button>
      </p>
    </div>
  );
}

/** Stands for the rank of an item that the script will add. */
const RANG = "xrangx";

const rangsDe = ({ saisies }: Vue, nom: string): number => {
  let rang = 0;
  while (saisies.has(`${nom}[${rang}].${ORIGINE}`)) rang++;
  return rang;
};

function Item({
  repetition,
  nom,
  rang,
  vue,
  neuf,
}: {
  repetition: Repetition;
  nom: string;
  rang: string;
  vue: Vue;
  neuf: boolean;
}) {
  const item = `${nom}[${rang}]`;
  const numero = rang === RANG ? "" : ` ${Number(rang) + 1}`;
  return (
    <fieldset class="saisie item groupe" id={idDe(item)} data-item="" tabIndex={-1}>
      <legend>
        {repetition.un}
        {numero}
        <Point requis={repetition.requis === true && rang === "0"} />
      </legend>
      <input type="hidden" name={`${item}.${ORIGINE}`} value={neuf ? "" : rang} data-origine="" />
      <Elements elements={repetition.elements} prefixe={`${item}.`} vue={vue} />
      <p>
        <button
          type="submit"
          name="acte"
          value={`retirer:${item}`}
          class="second"
          formNoValidate
          data-retirer=""
        >
          Retirer
          <span class="cache">
            {" "}
            {repetition.un.toLowerCase()}
            {numero}
          </span>
        </button>
      </p>
    </fieldset>
  );
}
