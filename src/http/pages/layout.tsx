import type { ComponentChildren } from "preact";
import { type Connexion, LIBELLES_ROLES } from "../../access/index.ts";
import { MENU } from "./menu.ts";
import { motDe } from "./words.ts";

interface Frame {
  readonly titre: string;
  /** Who reads the page; nobody on those that are open to all. */
  readonly qui?: Connexion | undefined;
  /** Entry of the menu that the page belongs to. */
  readonly ici?: string;
  readonly children: ComponentChildren;
}

/** The frame of every page. */
export function Layout({ titre, qui, ici, children }: Frame) {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${titre} · offre-info`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <a class="saut" href="#contenu">
          Aller au contenu
        </a>
        <header>
          <a class="marque" href="/">
            offre<span>·</span>info
          </a>
          {qui === undefined ? (
            <p>L'offre de formation publiée, et où elle en est chez chaque partenaire.</p>
          ) : (
            <Menu qui={qui} ici={ici} />
          )}
        </header>
        <main id="contenu">{children}</main>
        <footer>
          <a href="/health">Santé</a> <a href="/ready">Prêt à servir</a>
        </footer>
      </body>
    </html>
  );
}

function Menu({ qui, ici }: { qui: Connexion; ici: string | undefined }) {
  return (
    <>
      <nav aria-label="Menu">
        <ul>
          {MENU.map(({ vers, texte }) => (
            <li key={vers}>
              <a href={vers} aria-current={vers === ici ? "page" : undefined}>
                {texte}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form class="qui" method="post" action="/deconnexion">
        <input type="hidden" name="_csrf" value={qui.csrf} />
        <span class="discret">
          {qui.compte.nom} · {LIBELLES_ROLES[qui.compte.role]}
        </span>
        <button type="submit">Quitter</button>
      </form>
    </>
  );
}

/** A coded state in words, with a colour that only repeats what the word says. */
export function Etat({ code }: { code: string }) {
  const { texte, ton } = motDe(code);
  return <span class={`etat ${ton}`}>{texte}</span>;
}

/** A section with its own title, so that headings make the plan of the page. */
export function Section({
  titre,
  aide,
  children,
}: {
  titre: string;
  aide?: string;
  children: ComponentChildren;
}) {
  return (
    <section>
      <h2>{titre}</h2>
      {aide === undefined ? null : <p class="aide">{aide}</p>}
      {children}
    </section>
  );
}

/** A table that scrolls in its own frame where the screen is narrow. */
export function Table({
  titre,
  colonnes,
  children,
}: {
  titre: string;
  colonnes: string[];
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by the keyboard
    <section class="cadre" aria-label={titre} tabIndex={0}>
      <table>
        <caption>{titre}</caption>
        <thead>
          <tr>
            {colonnes.map((colonne) => (
              <th scope="col" key={colonne}>
                {colonne}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** The way to the next lines of a list. */
export function Suivants({ vers }: { vers: string }) {
  return (
    <nav class="suivants" aria-label="Suite de la liste">
      <a href={vers} rel="next">
        Suivants →
      </a>
    </nav>
  );
}
