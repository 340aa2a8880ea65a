import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { atLeast, type Connexion, LIBELLES_ROLES } from "../../access/index.ts";
import { DirectContext } from "../direct/contexte.ts";
import type { Sujet } from "../direct/marque.ts";
import { HTMX_CONFIG, SCRIPT_URL } from "../direct/script.ts";
import { MENU } from "./menu.ts";
import { motDe } from "./words.ts";

interface Frame {
  readonly titre: string;
  /** Who reads the page; nobody on those that are open to all. */
  readonly qui?: Connexion | undefined;
  /** Entry of the menu that the page belongs to. */
  readonly ici?: string;
  /** In the place of the menu of the exploitation. */
  readonly menu?: ComponentChildren;
  /** Where the name of the site leads. */
  readonly accueil?: string;
  /** What of it changes by itself: it is then read again while it is shown. */
  readonly direct?: readonly Sujet[];
  readonly children: ComponentChildren;
}

/** The frame of every page. */
export function Layout({ titre, qui, ici, menu, accueil = "/", direct = [], children }: Frame) {
  const { suivi, region } = useDirect(direct);
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${titre} · offre-info`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
        {suivi === undefined ? null : (
          <>
            <meta name="htmx-config" content={HTMX_CONFIG} />
            <script src={SCRIPT_URL} defer />
          </>
        )}
      </head>
      <body data-direct={suivi}>
        <a class="saut" href="#contenu">
          Aller au contenu
        </a>
        <header>
          <a class="marque" href={accueil}>
            offre<span>·</span>info
          </a>
          {qui === undefined ? (
            <p>L'offre de formation publiée, et où elle en est chez chaque partenaire.</p>
          ) : (
            <>
              <Qui qui={qui} />
              {menu ?? <Menu qui={qui} ici={ici} />}
            </>
          )}
        </header>
        <main id="contenu" {...region}>
          {children}
        </main>
        <footer>
          <a href="/health">Santé</a> <a href="/ready">Prêt à servir</a>
          {suivi === undefined ? null : (
            <p id="direct" class="direct" hidden>
              <span /> <button type="button" class="second" />
            </p>
          )}
        </footer>
      </body>
    </html>
  );
}

function Menu({ qui, ici }: { qui: Connexion; ici: string | undefined }) {
  return (
    <nav aria-label="Menu">
      <ul>
        {MENU.filter(({ des = "lecteur" }) => atLeast(qui.compte.role, des)).map(({ vers, texte }) => (
          <li key={vers}>
            <a href={vers} aria-current={vers === ici ? "page" : undefined}>
              {texte}
              {vers === "/alertes" ? <Ouvertes /> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many alerts are open, beside their entry. */
function Ouvertes() {
  const ouvertes = useContext(DirectContext)?.ouvertes ?? 0;
  return (
    <span id="alertes-ouvertes" class="pastille" hidden={ouvertes === 0}>
      <span>{ouvertes}</span>
      <span class="cache"> ouvertes</span>
    </span>
  );
}

/** What the page follows while it is shown, and what of it is then read again; nothing on pages that are open to all. */
function useDirect(sujets: readonly Sujet[]) {
  const direct = useContext(DirectContext);
  if (direct === undefined) return { suivi: undefined, region: {} };
  const vu = direct.vue(sujets)?.marque;
  const query = new URLSearchParams({ sujets: sujets.join(","), ...(vu === undefined ? {} : { vu }) });
  const region =
    direct.page === undefined || sujets.length === 0
      ? {}
      : {
          "hx-get": direct.page,
          "hx-trigger": "maj",
          "hx-select": "#contenu",
          "hx-swap": "outerMorph",
        };
  return { suivi: `/direct?${query}`, region };
}

/** Who is signed in, the way to their account, and the way out. */
function Qui({ qui }: { qui: Connexion }) {
  return (
    <form class="qui" method="post" action="/deconnexion">
      <input type="hidden" name="_csrf" value={qui.csrf} />
      <span class="discret">
        <a href="/mon-compte">{qui.compte.nom}</a> · {LIBELLES_ROLES[qui.compte.role]}
      </span>
      <button type="submit">Quitter</button>
    </form>
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
