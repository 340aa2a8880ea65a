import { LIBELLES_PROFILS, type Rattachement, type StructureDemandee } from "../../../catalogue/index.ts";
import { Accompli, Formulaire, Refus } from "../../pages/form.tsx";
import { instant } from "../../pages/format.ts";
import { Section, Table } from "../../pages/layout.tsx";
import { CadreGestion } from "../cadre.tsx";
import type { Lecteur } from "../scope.ts";

/** Requests that this person has to answer: of its structures as their referent, of all as an administrator. */
export function DemandesPage({
  qui,
  place,
  demandes,
  absentes,
  fait,
  refus,
}: Lecteur & {
  demandes: readonly Rattachement[];
  /** Structures to make; of administrators only. */
  absentes: readonly StructureDemandee[];
  fait?: string | undefined;
  refus?: string | undefined;
}) {
  return (
    <CadreGestion titre="Demandes à traiter" qui={qui} place={place} ici="/gestion/structures">
      <p>
        <a href="/gestion/structures">← Mes structures</a>
      </p>
      <h1>Demandes à traiter</h1>
      <Accompli texte={fait} />
      <Refus texte={refus} />
      {demandes.length === 0 ? (
        <p>Personne n'attend d'être affilié à une structure dont vous êtes le référent.</p>
      ) : (
        <Table
          titre="Demandes d'affiliation"
          colonnes={["Personne", "Structure", "Profil", "Date", "Réponse"]}
        >
          {demandes.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.nom}
                <p class="code">{one.identifiant}</p>
              </th>
              <td>
                {one.nomStructure}
                <p class="code">{one.siret}</p>
              </td>
              <td>{LIBELLES_PROFILS[one.profil]}</td>
              <td>{instant(one.demande_at)}</td>
              <td>
                <Formulaire qui={qui} vers={`/gestion/structures/demandes/${one.id}/accorder`}>
                  <button type="submit">Accepter</button>
                </Formulaire>
                <Refuser
                  qui={qui}
                  vers={`/gestion/structures/demandes/${one.id}/refuser`}
                  id={`d${one.id}`}
                />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {absentes.length === 0 ? null : (
        <Section titre="Structures à créer" aide="« Ma structure n'est pas dans la liste ».">
          <Table titre="Structures à créer" colonnes={["Structure", "Demandée par", "Précisions", "Réponse"]}>
            {absentes.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.nom}
                  <p class="code">{one.siret}</p>
                  <p>{one.ville}</p>
                </th>
                <td>
                  {one.demandeur}
                  <p class="code">{one.identifiant}</p>
                  <p>{instant(one.demande_at)}</p>
                </td>
                <td class="motif">{one.message}</td>
                <td>
                  <a class="bouton" href={`/gestion/structures/nouvelle?demande=${one.id}`}>
                    Créer la structure
                  </a>
                  <Refuser
                    qui={qui}
                    vers={`/gestion/structures/absentes/${one.id}/ecarter`}
                    id={`s${one.id}`}
                  />
                </td>
              </tr>
            ))}
          </Table>
        </Section>
      )}
    </CadreGestion>
  );
}

function Refuser({ qui, vers, id }: { qui: Lecteur["qui"]; vers: string; id: string }) {
  return (
    <details>
      <summary>Refuser…</summary>
      <Formulaire qui={qui} vers={vers}>
        <p class="champ">
          <label for={`motif-${id}`}>Motif</label>
          <textarea id={`motif-${id}`} name="motif" rows={2} required maxLength={1000} />
          <small class="discret">La personne le lira.</small>
        </p>
        <button type="submit" class="second">
          Refuser
        </button>
      </Formulaire>
    </details>
  );
}
