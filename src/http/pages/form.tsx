import type { FastifyRequest } from "fastify";
import type { ComponentChildren } from "preact";
import { atLeast, type Connexion, type Role } from "../../access/index.ts";

/** Who asks for an act, as the audit names people; nobody's name when nobody is signed in. */
export function acteurOf({ connexion }: Pick<FastifyRequest, "connexion">): string {
  return connexion === undefined ? "" : `compte:${connexion.compte.identifiant}`;
}

/** May the reader of this page do what this role does? What it may not do is not shown. */
export function peut(qui: Connexion | undefined, role: Role): qui is Connexion {
  return qui !== undefined && atLeast(qui.compte.role, role);
}

/** A form that changes something: it carries the token of who reads the page. */
export function Formulaire({
  qui,
  vers,
  classe,
  champs = {},
  children,
}: {
  qui: Connexion | undefined;
  vers: string;
  classe?: string;
  /** Sent along unseen. */
  champs?: Readonly<Record<string, string>>;
  children: ComponentChildren;
}) {
  return (
    <form method="post" action={vers} class={classe}>
      {Object.entries({ ...champs, _csrf: qui?.csrf ?? "" }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      {children}
    </form>
  );
}

/** Why something is done, in the words of who does it: it stays in the audit. */
export function Motif({ valeur = "" }: { valeur?: string }) {
  return (
    <p class="champ">
      <label for="motif">Motif</label>
      <textarea
        id="motif"
        name="motif"
        rows={3}
        required
        maxLength={1000}
        aria-describedby="motif-aide"
        defaultValue={valeur}
      />
      <small id="motif-aide" class="discret">
        Il reste au journal avec votre nom.
      </small>
    </p>
  );
}

/** What was done, above the page that it led to. */
export function Accompli({ texte }: { texte: string | undefined }) {
  if (texte === undefined) return null;
  return (
    <p class="bien" role="status">
      {texte}
    </p>
  );
}

/** Why nothing was done, above the form, read at once by who does not see it. */
export function Refus({ texte }: { texte: string | undefined }) {
  if (texte === undefined) return null;
  return (
    <p class="souci" role="alert">
      {texte}
    </p>
  );
}

interface ChampTexte {
  readonly nom: string;
  readonly titre: string;
  readonly type?: "text" | "password";
  readonly valeur?: string | undefined;
  readonly autocomplete: string;
  readonly aide?: string;
}

export const AIDE_MOT_DE_PASSE = "12 caractères au moins : une phrase de quatre mots convient.";

/** One line to type, that has to be filled in. */
export function Champ({ nom, titre, type = "text", valeur, autocomplete, aide }: ChampTexte) {
  const common = {
    id: nom,
    name: nom,
    value: valeur,
    autocomplete,
    required: true,
    "aria-describedby": aide === undefined ? undefined : `${nom}-aide`,
  };
  return (
    <p class="champ">
      <label for={nom}>{titre}</label>
      {type === "password" ? <input type="password" {...common} /> : <input type="text" {...common} />}
      {aide === undefined ? null : (
        <small id={`${nom}-aide`} class="discret">
          {aide}
        </small>
      )}
    </p>
  );
}
