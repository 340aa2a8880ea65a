import type { PageDActions } from "../../../catalogue/index.ts";
import { nombre } from "../../pages/format.ts";
import { type Criteres, lienFormations } from "./criteres.ts";

/** Where one is in a list, and the way to its other pages: « 1-10 / 42 » (S27). */
export function Pages({ criteres, liste }: { criteres: Criteres; liste: PageDActions }) {
  const { page, par, total, lignes } = liste;
  const first = lignes.length === 0 ? 0 : (page - 1) * par + 1;
  const last = Math.max(1, Math.ceil(total.nombre / par));
  const au = (n: number): string => lienFormations({ ...criteres, page: n });
  const links = [
    { texte: "«", nom: "Première page", vers: page > 1 ? au(1) : undefined },
    { texte: "‹", nom: "Page précédente", vers: page > 1 ? au(page - 1) : undefined },
    { texte: "›", nom: "Page suivante", vers: page < last ? au(page + 1) : undefined },
    // Of a list that is not counted to its end, the last page is not known.
    { texte: "»", nom: "Dernière page", vers: page < last && total.exact ? au(last) : undefined },
  ];
  return (
    <nav class="pages" aria-label="Pages de la liste">
      <p>
        {nombre(first)}-{nombre(first === 0 ? 0 : first + lignes.length - 1)} /{" "}
        {total.exact ? "" : "plus de "}
        {nombre(total.nombre)}
      </p>
      <ul>
        {links.map(({ texte, nom, vers }) => (
          <li key={nom}>
            {vers === undefined ? (
              <span class="discret" aria-hidden="true">
                {texte}
              </span>
            ) : (
              <a href={vers} aria-label={nom}>
                {texte}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
