import type { Auteur, Ligne, PageDActions, Tri } from "../../../catalogue/index.ts";
import { dateLheo, nombre } from "../../pages/format.ts";
import { type Criteres, lienFormations } from "./criteres.ts";
import { TITRES_DES_CADRES } from "./mots.ts";

interface Props {
  readonly criteres: Criteres;
  readonly liste: PageDActions;
  readonly auteur: Auteur;
}

/** The table of a tab, with the columns of the guide (S27, S28). */
export function Tableau({ criteres, liste, auteur }: Props) {
  const titre = TITRES_DES_CADRES[criteres.cadre];
  if (liste.lignes.length === 0)
    return (
      <p class="vide" role="status">
        Aucune donnée disponible
      </p>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by the keyboard
    <section class="cadre" aria-label={titre} tabIndex={0}>
      <table class="liste-actions">
        <caption>{titre}</caption>
        <thead>
          <tr>
            <Tete tri="reference" criteres={criteres}>
              Référence
            </Tete>
            <th scope="col">Type</th>
            <Tete tri="intitule" criteres={criteres}>
              Intitulé
            </Tete>
            <th scope="col">Financement</th>
            <th scope="col">Responsable</th>
            <th scope="col">Date(s)</th>
            <th scope="col">Session(s)</th>
            <th scope="col">Fiche</th>
          </tr>
        </thead>
        <tbody>
          {liste.lignes.map((ligne) => (
            <Rang ligne={ligne} auteur={auteur} key={ligne.id} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Tete({ tri, criteres, children }: { tri: Tri; criteres: Criteres; children: string }) {
  const ici = criteres.tri === tri;
  const sens = ici ? (criteres.sens === "asc" ? "desc" : "asc") : tri === "intitule" ? "asc" : "desc";
  return (
    <th scope="col" aria-sort={ici ? (criteres.sens === "asc" ? "ascending" : "descending") : undefined}>
      <a href={lienFormations({ ...criteres, tri, sens, page: 1 })}>
        {children} <span aria-hidden="true">{ici ? (criteres.sens === "asc" ? "▲" : "▼") : "↕"}</span>
      </a>
    </th>
  );
}

function Rang({ ligne, auteur }: { ligne: Ligne; auteur: Auteur }) {
  const { id, reference, intitule, financement, responsable, sessions } = ligne;
  const titre = intitule === "" ? "Sans intitulé" : intitule;
  const sorti = ligne.etat === "archivee" || ligne.etat === "supprimee";
  return (
    <tr>
      <th scope="row">{reference ?? "à la validation"}</th>
      <td>SIMPLE</td>
      <td>
        {titre} <Marques ligne={ligne} />
      </td>
      <td>{financement}</td>
      <td>{responsable}</td>
      <td>{datesOf(ligne)}</td>
      <td>{nombre(sessions)}</td>
      <td class="gestes">
        <a href={`/gestion/actions/${id}`} aria-label={`${verbe(ligne, auteur)} : ${titre}`}>
          <span aria-hidden="true">{verbe(ligne, auteur) === "Modifier" ? "✎ " : ""}</span>
          {verbe(ligne, auteur)}
        </a>{" "}
        {sorti || reference !== null ? (
          <a href={`/gestion/actions/${id}/historique`} aria-label={`Historique : ${titre}`}>
            Historique
          </a>
        ) : null}
      </td>
    </tr>
  );
}

/** S37, S125: the pencil, where there is something to write. */
function verbe({ etat, cadre }: Ligne, { role }: Auteur): "Modifier" | "Voir" {
  if (etat === "archivee" || etat === "supprimee" || role === "lecteur_of") return "Voir";
  if (role === "of" && (cadre === "conventionnee" || etat === "creee")) return "Voir";
  return "Modifier";
}

function Marques({ ligne }: { ligne: Ligne }) {
  const { etat, alerte, modificationEnCours, sansSessionEnCours } = ligne;
  return (
    <>
      {etat === "alerte" ? (
        <span class="etat souci">{alerte === "controle" ? "complément demandé" : "plus de session"}</span>
      ) : null}
      {etat === "publiee" && modificationEnCours ? (
        <span class="etat attente">modification en cours</span>
      ) : null}{" "}
      {etat === "publiee" && sansSessionEnCours ? (
        <span class="etat souci">sans session en cours</span>
      ) : null}
    </>
  );
}

function datesOf({ debut, fin, sessions }: Ligne): string {
  if (sessions === 0 || debut === null) return "";
  const from = `du ${dateLheo(debut)}`;
  return fin === null || fin === debut ? from : `${from} au ${dateLheo(fin)}`;
}
