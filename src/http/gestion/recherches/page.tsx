import type { ComponentChildren } from "preact";
import { CadreGestion } from "../cadre.tsx";
import type { Lecteur } from "../scope.ts";

/** A page of one search: a field, some help, what was found. */
export function PageDeRecherche({
  qui,
  place,
  titre,
  question,
  aide,
  q,
  children,
}: Lecteur & {
  titre: string;
  question: string;
  aide: ComponentChildren;
  q: string;
  children: ComponentChildren;
}) {
  return (
    <CadreGestion titre={titre} qui={qui} place={place} ici="/gestion/formations">
      <h1>{titre}</h1>
      <search>
        <form method="get" class="recherche">
          <label for="q">{question}</label>
          <div>
            <input
              type="search"
              id="q"
              name="q"
              defaultValue={q}
              maxLength={200}
              autocomplete="off"
              aria-describedby="q-aide"
              required
            />
            <button type="submit">Chercher</button>
          </div>
        </form>
      </search>
      <p id="q-aide" class="aide">
        {aide}
      </p>
      {children}
    </CadreGestion>
  );
}
