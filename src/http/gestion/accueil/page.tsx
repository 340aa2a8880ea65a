import { type Cadre, type Comptes, ONGLETS } from "../../../catalogue/index.ts";
import { compter, nombre } from "../../pages/format.ts";
import { Section } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import { ORDRE_DES_CADRES, TITRES_DES_CADRES } from "../listes/mots.ts";
import type { Lecteur } from "../scope.ts";

/** What each of the three accordions of the guide holds (S22, S23). */
const AIDES_DES_CADRES: Readonly<Record<Cadre, string>> = {
  conventionnee:
    "Marchés passés avec la Région, France Travail ou l'État (PRF, PIC, PACTE, POEC…), que le financeur commande et paie. Elles arrivent de ses outils : l'organisme les lit, sans les créer ni les modifier.",
  non_conventionnee:
    "Celles que l'organisme propose lui-même. Un financement individuel de France Travail est possible : le devis se fait dans Kairos, où la formation arrive sous 4 jours ouvrés si l'organisme y a un compte.",
  initiale: "Sous statut scolaire ou étudiant.",
};

/** The home of the catalogue: what waits for an answer, and the way to the lists. */
export function AccueilPage({
  qui,
  place,
  comptes,
  demandes,
}: Lecteur & {
  /** Actions by tab; nothing when none are theirs to see. */
  comptes: Comptes | undefined;
  /** Requests to be attached that wait for this person. */
  demandes: number;
}) {
  return (
    <CadreGestion titre="Accueil" qui={qui} place={place} ici="/gestion">
      <h1>Gestion des formations</h1>
      <p class="chapeau">
        {place === undefined
          ? "Le catalogue des organismes de formation."
          : `Le catalogue de « ${place.active.nom} ».`}
      </p>
      {demandes === 0 ? null : (
        <p>
          <a href="/gestion/structures/demandes">
            {compter(demandes, "demande d'affiliation attend", "demandes d'affiliation attendent")} votre
            réponse
          </a>
        </p>
      )}
      {comptes === undefined ? (
        <p>
          Votre compte n'est rattaché à aucune structure.{" "}
          <a href="/gestion/structures">Demandez votre affiliation</a> : son référent vous répondra.
        </p>
      ) : (
        <Section titre="Modifier ou ajouter une formation">
          {ORDRE_DES_CADRES.map((cadre) => (
            <details open={cadre === "non_conventionnee"} key={cadre}>
              <summary>{TITRES_DES_CADRES[cadre]}</summary>
              <p>{AIDES_DES_CADRES[cadre]}</p>
              <p>
                <a href={`/gestion/formations?cadre=${cadre}`}>
                  Voir les {TITRES_DES_CADRES[cadre].toLowerCase()}
                </a>
              </p>
              <ul>
                {ONGLETS.filter(({ etat }) => (comptes[cadre][etat] ?? 0) > 0).map((onglet) => (
                  <li key={onglet.id}>
                    <a href={`/gestion/formations?cadre=${cadre}&onglet=${onglet.id}`}>
                      {onglet.titre} [{nombre(comptes[cadre][onglet.etat] ?? 0)}]
                    </a>
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </Section>
      )}
    </CadreGestion>
  );
}
