import { type Dit, idDe } from "../vue.ts";

/** What is said of a field, under it: of the reading, of the checks, of what was put right. */
export function Dits({ nom, dits }: { nom: string; dits: readonly Dit[] | undefined }) {
  return (
    <div class="dits-du-champ" id={`${idDe(nom)}-dits`} data-dits={nom} aria-live="polite">
      {(dits ?? []).map(({ ton, texte }) => (
        <UnDit ton={ton} texte={texte} key={texte} />
      ))}
    </div>
  );
}

const UnDit = ({ ton, texte }: Dit) => (
  <p class={`dit ${ton}`}>
    <span class="cache">{MOTS[ton]} : </span>
    {texte}
  </p>
);

const MOTS = { souci: "À corriger", attente: "À vérifier", neutre: "À savoir", bien: "Bien" } as const;

/** S62. */
export const Point = ({ requis }: { requis: boolean | undefined }) =>
  requis === true ? (
    <>
      {" "}
      <span class="requis" aria-hidden="true">
        ●
      </span>
      <span class="cache"> (obligatoire)</span>
    </>
  ) : null;
