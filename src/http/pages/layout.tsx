import type { ComponentChildren } from "preact";
import { motDe } from "./words.ts";

/** The frame of every page. */
export function Layout({ titre, children }: { titre: string; children: ComponentChildren }) {
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
          <p>L'offre de formation publiée, et où elle en est chez chaque partenaire.</p>
        </header>
        <main id="contenu">{children}</main>
        <footer>
          <a href="/health">Santé</a> <a href="/ready">Prêt à servir</a>
        </footer>
      </body>
    </html>
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
