import type { ComponentChildren } from "preact";
import { ETATS } from "../../../delivery/index.ts";
import { ISSUES_EN_MOTS, motDe } from "../words.ts";
import { ANNONCEE, type Criteres } from "./criteres.ts";
import type { Destinataire } from "./data.ts";

type Choix = readonly (readonly [valeur: string, texte: string])[];

/** The criteria by which deliveries are looked for, each with its label. */
export function Criteria({
  criteres,
  destinataires,
  annoncees,
  tous,
}: {
  criteres: Criteres;
  destinataires: readonly Destinataire[];
  /** Offers those whose content is to come. */
  annoncees: boolean;
  /** What no state means. */
  tous: string;
}) {
  const etats = annoncees ? [ANNONCEE, ...ETATS] : ETATS;
  return (
    <>
      <Champ nom="partenaire" titre="Partenaire">
        <Liste
          nom="partenaire"
          choisi={criteres.partenaire}
          vide="tous"
          choix={destinataires.map(({ id, nom }) => [id, nom])}
        />
      </Champ>
      <Champ nom="etat" titre="État">
        <Liste
          nom="etat"
          choisi={criteres.etat}
          vide={tous}
          choix={etats.map((etat) => [etat, motDe(etat).texte])}
        />
      </Champ>
      <Champ nom="issue" titre="Issue d'un essai">
        <Liste nom="issue" choisi={criteres.issue} vide="toutes" choix={ISSUES_EN_MOTS} />
      </Champ>
      <Champ nom="depuis" titre="Depuis">
        <input type="datetime-local" id="depuis" name="depuis" value={criteres.depuis} />
      </Champ>
      <Champ nom="jusqua" titre="Jusqu'à">
        <input type="datetime-local" id="jusqua" name="jusqua" value={criteres.jusqua} />
      </Champ>
      <Champ nom="session" titre="Session">
        <input type="text" id="session" name="session" value={criteres.session} placeholder="numéro" />
      </Champ>
    </>
  );
}

function Champ({ nom, titre, children }: { nom: string; titre: string; children: ComponentChildren }) {
  return (
    <p class="champ">
      <label for={nom}>{titre}</label>
      {children}
    </p>
  );
}

/** A choice; what the address asks for is offered even when it is nothing that we know. */
function Liste({ nom, choisi, vide, choix }: { nom: string; choisi: string; vide: string; choix: Choix }) {
  const unknown = choisi !== "" && choix.every(([valeur]) => valeur !== choisi);
  const all: Choix = [["", vide], ...choix, ...(unknown ? [[choisi, choisi] as const] : [])];
  return (
    <select id={nom} name={nom}>
      {all.map(([valeur, texte]) => (
        <option value={valeur} selected={valeur === choisi} key={valeur}>
          {texte}
        </option>
      ))}
    </select>
  );
}
