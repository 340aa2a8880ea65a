import {
  type CleDeStructure,
  LIBELLES_PROFILS,
  LIBELLES_TYPES,
  PROFILS_PAR_TYPE,
  type Rattachement,
  type RefusDeSaisie,
  type Structure,
} from "../../../catalogue/index.ts";
import { Accompli, Formulaire, Refus } from "../../pages/form.tsx";
import { instant } from "../../pages/format.ts";
import { Section, Table } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import type { Lecteur } from "../scope.ts";
import { Case, Champ } from "./champs.tsx";
import { Cles } from "./cles.tsx";
import { ChampsStructure } from "./formulaire.tsx";
import { lienStructure } from "./gerant.ts";
import type { Saisie } from "./saisie.ts";

interface Props extends Lecteur {
  readonly structure: Structure;
  readonly saisie: Saisie;
  readonly rattachements: readonly Rattachement[];
  readonly cles: readonly CleDeStructure[];
  readonly administrateur: boolean;
  readonly fait?: string | undefined;
  readonly dit?: RefusDeSaisie | undefined;
}

/** One structure, as its referent or an administrator looks after it. */
export function StructurePage(props: Props) {
  const { qui, place, structure, saisie, administrateur, fait, dit } = props;
  const { numero, nom, type, disabled_at, revision } = structure;
  const ici = lienStructure(numero);
  const retour = administrateur ? "/gestion/structures/toutes" : "/gestion/structures";
  return (
    <CadreGestion titre={nom} qui={qui} place={place} ici="/gestion/structures">
      <p>
        <a href={retour}>← {administrateur ? "Toutes les structures" : "Mes structures"}</a>
      </p>
      <h1>
        {nom} {disabled_at === null ? null : <span class="etat souci">fermée</span>}
      </h1>
      <p class="chapeau">
        {LIBELLES_TYPES[type]}, numéro <span class="code">{numero}</span>
      </p>
      <Accompli texte={fait} />
      <Refus texte={dit?.refus} />
      {type === "organisme" || administrateur ? (
        <Section
          titre="Fiche"
          aide={
            type === "organisme" ? "Ce qui est enregistré ici est publié aussitôt avec ses formations." : ""
          }
        >
          <Formulaire qui={qui} vers={ici} classe="large fiche" champs={{ revision: String(revision) }}>
            <ChampsStructure
              type={type}
              saisie={saisie}
              erreurs={dit?.erreurs ?? {}}
              grise={!administrateur}
            />
            <p class="actions">
              <button type="submit">Enregistrer</button>
            </p>
          </Formulaire>
        </Section>
      ) : null}
      <Rattachements {...props} />
      <Cles {...props} />
      {administrateur ? <Fermer {...props} /> : null}
    </CadreGestion>
  );
}

function Rattachements({ qui, structure, rattachements, administrateur }: Props) {
  const ici = lienStructure(structure.numero);
  return (
    <Section titre="Comptes rattachés">
      {rattachements.length === 0 ? (
        <p>Personne n'est rattaché à cette structure.</p>
      ) : (
        <Table titre="Comptes rattachés" colonnes={["Personne", "Profil", "Référent", "Depuis", "À faire"]}>
          {rattachements.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.nom}
                <p class="code">{one.identifiant}</p>
              </th>
              <td>{LIBELLES_PROFILS[one.profil]}</td>
              <td>
                {one.referent ? "oui" : "non"}
                {administrateur ? (
                  <Formulaire
                    qui={qui}
                    vers={`${ici}/rattachements/${one.id}/referent`}
                    champs={{ referent: one.referent ? "non" : "oui" }}
                  >
                    <button type="submit" class="second">
                      {one.referent ? "Ne l'est plus" : "Nommer"}
                    </button>
                  </Formulaire>
                ) : null}
              </td>
              <td>{instant(one.decide_at ?? one.demande_at)}</td>
              <td>
                <Formulaire qui={qui} vers={`${ici}/rattachements/${one.id}/retirer`}>
                  <button type="submit" class="second">
                    Retirer
                  </button>
                </Formulaire>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {administrateur ? (
        <Formulaire qui={qui} vers={`${ici}/rattacher`} classe="fiche">
          <Champ nom="identifiant" titre="Identifiant du compte" requis />
          <p class="champ">
            <label for="profil">Profil</label>
            <select id="profil" name="profil">
              {PROFILS_PAR_TYPE[structure.type].map((profil) => (
                <option value={profil} key={profil}>
                  {LIBELLES_PROFILS[profil]}
                </option>
              ))}
            </select>
          </p>
          <Case nom="referent" titre="Référent de la structure" coche={false} />
          <p class="actions">
            <button type="submit">Rattacher ce compte</button>
          </p>
        </Formulaire>
      ) : null}
    </Section>
  );
}

function Fermer({ qui, structure }: Props) {
  const ouverte = structure.disabled_at === null;
  return (
    <Section
      titre={ouverte ? "Fermer la structure" : "Rouvrir la structure"}
      aide={
        ouverte
          ? "Plus personne n'agit pour elle, et ses clés n'ouvrent plus rien. Ses formations publiées restent en ligne : archivez-les d'abord si elles doivent en sortir."
          : "Ses rattachements et ses clés valent de nouveau."
      }
    >
      <Formulaire
        qui={qui}
        vers={`${lienStructure(structure.numero)}/${ouverte ? "fermer" : "rouvrir"}`}
        classe="actions"
      >
        <button type="submit" class="second">
          {ouverte ? "Fermer cette structure" : "Rouvrir cette structure"}
        </button>
      </Formulaire>
    </Section>
  );
}
