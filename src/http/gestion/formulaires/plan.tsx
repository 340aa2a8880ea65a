import type { Formulaire, Section } from "../../../catalogue/index.ts";
import type { Genre } from "./fiche/dossier.ts";
import type { Vue } from "./vue.ts";

/** The plan of a form, beside it: where one is, and where there is something to look at. */
export function Plan({
  genre,
  formulaire,
  dits,
}: Pick<Vue, "dits"> & { genre: Genre; formulaire: Formulaire }) {
  return (
    <nav class="plan" aria-label="Plan du formulaire" data-plan="">
      <ol>
        {formulaire.sections.map((section) => (
          <li key={section.id} data-voies={section.voies?.join(" ")}>
            <a href={`#${section.id}`}>{section.titre}</a> <Compte nombre={soucisDe(section, dits)} />
          </li>
        ))}
        {genre === "action" ? (
          <li>
            <a href="#sessions">Sessions de formation</a>
          </li>
        ) : null}
      </ol>
    </nav>
  );
}

const Compte = ({ nombre }: { nombre: number }) =>
  nombre === 0 ? null : (
    <span class="etat souci">
      {nombre}
      <span class="cache"> à corriger</span>
    </span>
  );

/** Things to correct in a section. */
function soucisDe({ elements }: Section, dits: Vue["dits"]): number {
  const noms = elements.flatMap((element) =>
    element.genre === "groupe" && element.nom === "" ? element.elements.map(({ nom }) => nom) : [element.nom],
  );
  const here = [...dits].filter(([nom]) =>
    noms.some((one) => nom === one || nom.startsWith(`${one}.`) || nom.startsWith(`${one}[`)),
  );
  return here.reduce((total, [, said]) => total + said.filter(({ ton }) => ton === "souci").length, 0);
}
