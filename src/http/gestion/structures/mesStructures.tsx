import {
  LIBELLES_PROFILS,
  LIBELLES_TYPES,
  PROFILS_PAR_TYPE,
  type Rattachement,
  type StructureDemandee,
  type StructureListee,
} from "../../../catalogue/index.ts";
import { Accompli, Formulaire, Refus } from "../../pages/form.tsx";
import { instant } from "../../pages/format.ts";
import { Section, Table } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import type { Lecteur } from "../scope.ts";
import { lienStructure } from "./gerant.ts";

interface Props extends Lecteur {
  /** Referents of each of my structures, by number. */
  readonly referents: ReadonlyMap<string, readonly string[]>;
  readonly demandes: readonly Rattachement[];
  readonly absentes: readonly StructureDemandee[];
  /** Requests of others that I have to decide about. */
  readonly aDecider: number;
  readonly q: string;
  /** Structures found for `q`. */
  readonly trouvees: readonly StructureListee[] | undefined;
  readonly fait?: string | undefined;
  readonly refus?: string | undefined;
}

/** My structures, what I am for each, and how to be attached to another (S8–S15). */
export function MesStructuresPage(props: Props) {
  const { qui, place, aDecider, fait, refus } = props;
  const administrateur = qui?.compte.role === "administrateur";
  return (
    <CadreGestion titre="Mes structures" qui={qui} place={place} ici="/gestion/structures">
      <h1>Mes structures</h1>
      <p class="chapeau">
        Ce que vous pouvez faire pour chaque structure. <a href="/mon-compte">Mon compte</a>
      </p>
      <Accompli texte={fait} />
      <Refus texte={refus} />
      {aDecider > 0 || administrateur ? (
        <p class="actions">
          <a class="bouton" href="/gestion/structures/demandes">
            Demandes à traiter ({aDecider})
          </a>
          {administrateur ? (
            <a class="bouton" href="/gestion/structures/toutes">
              Toutes les structures
            </a>
          ) : null}
        </p>
      ) : null}
      <Section titre="Liste des structures">
        <Liste {...props} />
      </Section>
      <Demander {...props} />
      <EnAttente {...props} />
    </CadreGestion>
  );
}

function Liste({ place, referents }: Props) {
  const structures = (place?.structures ?? []).filter(({ numero }) => numero !== "");
  if (structures.length === 0)
    return <p>Votre compte n'est rattaché à aucune structure : demandez votre affiliation ci-dessous.</p>;
  const colonnes = ["Nom", "Siret", "Ville", "Département", "Type", "Mes profils", "Référent"];
  return (
    <Table titre="Liste des structures" colonnes={colonnes}>
      {structures.map(({ numero, nom, siret, ville, departement, type, profils, referent }) => (
        <tr key={numero}>
          <th scope="row">
            {referent ? <a href={lienStructure(numero)}>{nom}</a> : nom}
            {numero === place?.active.numero ? <span class="etat bien">active</span> : null}
          </th>
          <td>{siret ?? "—"}</td>
          <td>{ville ?? "—"}</td>
          <td>{departement ?? "—"}</td>
          <td>{LIBELLES_TYPES[type]}</td>
          <td>{profils.map((profil) => LIBELLES_PROFILS[profil]).join(", ")}</td>
          <td>
            {referent ? "Vous" : ""}
            {referent || (referents.get(numero) ?? []).length > 0 ? "" : "aucun"}
            {referent ? "" : (referents.get(numero) ?? []).join(", ")}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** S13. */
function Demander({ qui, q, trouvees }: Props) {
  return (
    <Section
      titre="Demande d'affiliation à une structure"
      aide="Choisissez une structure puis validez. Une demande sera alors envoyée au référent de la structure."
    >
      <form method="get" action="/gestion/structures" class="filtres">
        <p class="champ">
          <label for="q">Structure / Employeur</label>
          <input
            type="search"
            id="q"
            name="q"
            value={q}
            aria-describedby="q-aide"
            autocomplete="off"
            minLength={2}
            maxLength={100}
          />
          <small id="q-aide" class="discret">
            Par son nom, ou par le début de son SIRET.
          </small>
        </p>
        <p class="actions">
          <button type="submit">Chercher</button>
          <a href="/gestion/structures/absente">Ma structure n'est pas dans la liste</a>
        </p>
      </form>
      {trouvees === undefined ? null : trouvees.length === 0 ? (
        <p role="status">
          Aucune structure ne répond à « {q} ». Essayez moins de mots, ou{" "}
          <a href="/gestion/structures/absente">demandez qu'elle soit ajoutée</a>.
        </p>
      ) : (
        <Formulaire qui={qui} vers="/gestion/structures/demander" classe="large fiche" champs={{ q }}>
          <fieldset>
            <legend>Structure et profil demandés</legend>
            {trouvees.map(({ numero, nom, siret, ville, type }) => (
              <div class="proposee" key={numero}>
                <strong>{nom}</strong>{" "}
                <span class="discret">
                  {[LIBELLES_TYPES[type], siret ?? "sans SIRET", ville ?? ""]
                    .filter((text) => text !== "")
                    .join(" · ")}
                </span>
                {PROFILS_PAR_TYPE[type].map((profil) => (
                  <label class="case" key={profil}>
                    <input type="radio" name="choix" required value={`${profil}:${numero}`} />{" "}
                    {LIBELLES_PROFILS[profil]}
                  </label>
                ))}
              </div>
            ))}
          </fieldset>
          <p class="actions">
            <button type="submit">Valider</button>
          </p>
        </Formulaire>
      )}
    </Section>
  );
}

/** S15, and what was answered of late. */
function EnAttente({ qui, demandes, absentes }: Props) {
  if (demandes.length + absentes.length === 0) return null;
  return (
    <Section titre="Mes demandes d'affiliation en attente">
      <Table
        titre="Mes demandes d'affiliation"
        colonnes={["Nom", "Profil", "Type", "Siret", "Date de la demande", "État"]}
      >
        {demandes.map((one) => (
          <tr key={`r${one.id}`}>
            <th scope="row">{one.nomStructure}</th>
            <td>{LIBELLES_PROFILS[one.profil]}</td>
            <td>{LIBELLES_TYPES[one.type]}</td>
            <td>{one.siret ?? "—"}</td>
            <td>{instant(one.demande_at)}</td>
            <td>
              {one.etat === "refuse" ? (
                <>
                  <span class="etat souci">refusée</span>
                  <p class="motif">{one.motif}</p>
                </>
              ) : (
                <>
                  <span class="etat attente">en attente de son référent</span>
                  <Formulaire qui={qui} vers={`/gestion/structures/demandes/${one.id}/annuler`}>
                    <button type="submit" class="second">
                      Annuler
                    </button>
                  </Formulaire>
                </>
              )}
            </td>
          </tr>
        ))}
        {absentes.map((one) => (
          <tr key={`s${one.id}`}>
            <th scope="row">{one.nom}</th>
            <td>{LIBELLES_PROFILS.general}</td>
            <td>{LIBELLES_TYPES.organisme}</td>
            <td>{one.siret}</td>
            <td>{instant(one.demande_at)}</td>
            <td>
              {one.etat === "ecartee" ? (
                <>
                  <span class="etat souci">écartée</span>
                  <p class="motif">{one.motif}</p>
                </>
              ) : (
                <span class="etat attente">à créer par l'agence</span>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
