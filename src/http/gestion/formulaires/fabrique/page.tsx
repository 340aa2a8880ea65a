import type { ComponentChildren } from "preact";
import type { Saisies } from "../../../../catalogue/index.ts";
import { Formulaire, Refus } from "../../../pages/form.tsx";
import { compter, dateLheo } from "../../../pages/format.ts";
import { Table } from "../../../pages/layout.tsx";
import { CadreGestion } from "../../cadre.tsx";
import type { Lecteur } from "../../scope.ts";
import { derniere } from "../corps.ts";
import { Cases } from "../dessin/choix.tsx";
import { VOIES_COURTES } from "../mots.ts";
import { cleDuLieu, type Matiere, type Prevue } from "./plan.ts";

interface Props extends Lecteur {
  readonly matiere: Matiere;
  readonly saisies: Saisies;
  readonly refus?: string | undefined;
  readonly prevues?: readonly Prevue[] | undefined;
}

/** Sessions made in one go: dates × places × voies d'accès, shown before they are created. */
export function FabriquePage({ qui, place, matiere, saisies, refus, prevues }: Props) {
  const { action, modeles, lieux, voies } = matiere;
  const adresse = `/gestion/actions/${action.id}/sessions/fabrique`;
  const modele = derniere(saisies, "modele");
  return (
    <CadreGestion titre="Ajouter plusieurs sessions" qui={qui} place={place} ici="/gestion/formations">
      <p class="fil">
        <a href={`/gestion/actions/${action.id}#sessions`}>
          ← Modifier l'action : {action.contenu.intitule ?? "sans intitulé"}
        </a>
      </p>
      <h1>Ajouter plusieurs sessions d'un coup</h1>
      <p class="chapeau">
        Une session est créée pour chaque date, chaque lieu et chaque voie d'accès. Vous les voyez avant :
        rien n'est créé d'abord.
      </p>
      <Refus texte={refus} />
      <Formulaire qui={qui} vers={adresse} classe="formulaire fabrique">
        <div class="saisie">
          <label for="periodes">Dates</label>
          <small class="aide-du-champ" id="periodes-aide">
            Une période par ligne : 04/01/2027 au 18/06/2027. Un seul jour : 04/01/2027.
          </small>
          <textarea id="periodes" name="periodes" rows={6} aria-describedby="periodes-aide" required>
            {derniere(saisies, "periodes")}
          </textarea>
        </div>
        <fieldset class="saisie">
          <legend>Voies d'accès</legend>
          <Cases
            nom="voies"
            choix={voies.map(({ valeur, texte }) => ({ valeur, texte }))}
            valeurs={saisies.get("voies") ?? []}
          />
        </fieldset>
        <fieldset class="saisie">
          <legend>Lieux</legend>
          {lieux.length === 0 ? null : (
            <Cases
              nom="lieux"
              choix={lieux.map(({ cle }) => ({ valeur: cle, texte: cle }))}
              valeurs={saisies.get("lieux") ?? []}
            />
          )}
          <p class="discret">{lieux.length === 0 ? "Le lieu des sessions :" : "Un autre lieu :"}</p>
          <div class="cote-a-cote">
            <Ligne nom="lieu_voie" titre="Nom de la voie" saisies={saisies} autocomplete="street-address" />
            <Ligne nom="lieu_code_postal" titre="Code postal" saisies={saisies} autocomplete="postal-code" />
            <Ligne nom="lieu_ville" titre="Ville" saisies={saisies} autocomplete="address-level2" />
          </div>
        </fieldset>
        <div class="saisie">
          <label for="modele">Tout le reste comme</label>
          <small class="aide-du-champ" id="modele-aide">
            Contact, certifications, recrutement, type d'entrée : repris de cette session.
          </small>
          <select id="modele" name="modele" aria-describedby="modele-aide">
            <option value="" selected={modele === ""}>
              Aucune : à compléter ensuite
            </option>
            {modeles.slice(0, 50).map(({ id, reference, contenu }) => (
              <option key={id} value={id} selected={modele === String(id)}>
                {[
                  reference ?? `Brouillon ${id}`,
                  dateLheo(contenu.debut ?? ""),
                  VOIES_COURTES[contenu.voie ?? ""] ?? "",
                ]
                  .filter((part) => part !== "")
                  .join(" · ")}
              </option>
            ))}
          </select>
        </div>
        <p class="actions">
          <button
            type="submit"
            name="acte"
            value="apercu"
            class={prevues === undefined ? undefined : "second"}
          >
            {prevues === undefined ? "Voir les sessions" : "Recalculer"}
          </button>
          <a href={`/gestion/actions/${action.id}#sessions`}>Ne rien créer</a>
        </p>
        {prevues === undefined ? null : <Apercu prevues={prevues} />}
      </Formulaire>
    </CadreGestion>
  );
}

function Ligne({
  nom,
  titre,
  saisies,
  autocomplete,
}: {
  nom: string;
  titre: string;
  saisies: Saisies;
  autocomplete: string;
}) {
  return (
    <p>
      <label for={nom}>{titre}</label>
      <input type="text" id={nom} name={nom} value={derniere(saisies, nom)} autocomplete={autocomplete} />
    </p>
  );
}

function Apercu({ prevues }: { prevues: readonly Prevue[] }) {
  return (
    <section id="apercu" aria-labelledby="apercu-titre" tabIndex={-1}>
      <h2 id="apercu-titre">{compter(prevues.length, "session prévue", "sessions prévues")}</h2>
      <p class="aide">Décochez celles qu'il ne faut pas créer. Celles qui existent déjà sont décochées.</p>
      <input type="hidden" name="vues" value={prevues.length} />
      <Table titre="Sessions prévues" colonnes={["Créer", "Voie d'accès", "Début", "Fin", "Lieu"]}>
        {prevues.map(({ contenu, double }, rang) => (
          <Rang key={`${contenu.voie} ${contenu.debut} ${rang}`} rang={rang} coche={double === undefined}>
            <td>{VOIES_COURTES[contenu.voie ?? ""]}</td>
            <td>{dateLheo(contenu.debut ?? "")}</td>
            <td>{dateLheo(contenu.fin ?? "")}</td>
            <td>
              {contenu.lieux?.map(cleDuLieu).join(" ; ")}
              {double === undefined ? null : <p class="dit attente">Existe déjà : {double}.</p>}
            </td>
          </Rang>
        ))}
      </Table>
      <p class="actions">
        <button type="submit" name="acte" value="creer">
          Créer les sessions cochées
        </button>
      </p>
    </section>
  );
}

/** A line with its box. */
export function Rang({
  rang,
  valeur = String(rang),
  coche,
  children,
}: {
  rang: number;
  valeur?: string;
  coche: boolean;
  children: ComponentChildren;
}) {
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          name="garder"
          value={valeur}
          checked={coche}
          aria-label={`Créer la session ${rang + 1}`}
        />
      </td>
      {children}
    </tr>
  );
}
