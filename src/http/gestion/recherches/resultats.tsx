import type { ComponentChildren } from "preact";
import type { CertificationTrouvee, Formacode, FormateurTrouve } from "../../../catalogue/index.ts";
import { Etat, Table } from "../../pages/layout.tsx";
import { codesDe, jourDeLEnregistrement, motDeLHabilitation } from "./mots.ts";

/**
 * What was found, as a page shows it or as a form puts it under its field. With `choix`, each line has a button of that name
 * whose value is the number found: inside a form, it sends it.
 */
interface Trouves<T> {
  readonly trouves: readonly T[];
  readonly choix?: string | undefined;
}

export function Certifications({ trouves, choix }: Trouves<CertificationTrouvee>) {
  if (trouves.length === 0)
    return (
      <Rien>
        Aucune certification trouvée. Si vous ne trouvez pas la vôtre, laissez le champ vide : l'équipe de
        contrôle la renseigne avant publication.
      </Rien>
    );
  return (
    <Table
      titre="Certifications trouvées"
      colonnes={["Code", "Intitulé", "Niveau", "Enregistrement", "Organisme", ...(choix ? ["Choix"] : [])]}
    >
      {trouves.map((one) => (
        <tr key={one.numero}>
          <td>{codesDe(one)}</td>
          <th scope="row">{one.intitule}</th>
          <td>{one.niveau ?? "—"}</td>
          <td>
            <Etat code={`certification_${one.enregistrement}`} /> {jourDeLEnregistrement(one)}
          </td>
          <td>{motDeLHabilitation(one)}</td>
          <Choix nom={choix} valeur={one.numero} quoi={one.intitule} />
        </tr>
      ))}
    </Table>
  );
}

export function Formateurs({ trouves, choix }: Trouves<FormateurTrouve>) {
  if (trouves.length === 0)
    return <Rien>Aucun organisme trouvé. Saisissez son SIRET et sa raison sociale.</Rien>;
  return (
    <Table
      titre="Organismes trouvés"
      colonnes={["SIRET", "Nom", "Ville", "Déjà saisi", ...(choix ? ["Choix"] : [])]}
    >
      {trouves.map((one) => (
        <tr key={one.siret}>
          <td>{one.siret}</td>
          <th scope="row">{one.raison_sociale}</th>
          <td>{one.ville ?? "—"}</td>
          <td>{one.connu ? "oui" : "—"}</td>
          <Choix nom={choix} valeur={one.siret} quoi={one.raison_sociale} />
        </tr>
      ))}
    </Table>
  );
}

export function Formacodes({ trouves, choix }: Trouves<Formacode>) {
  if (trouves.length === 0) return <Rien>Aucun Formacode trouvé.</Rien>;
  return (
    <Table titre="Formacodes trouvés" colonnes={["Code", "Libellé", ...(choix ? ["Choix"] : [])]}>
      {trouves.map(({ code, libelle }) => (
        <tr key={code}>
          <td>{code}</td>
          <th scope="row">{libelle}</th>
          <Choix nom={choix} valeur={code} quoi={libelle} />
        </tr>
      ))}
    </Table>
  );
}

const Rien = ({ children }: { children: ComponentChildren }) => <p role="status">{children}</p>;

function Choix({ nom, valeur, quoi }: { nom: string | undefined; valeur: string; quoi: string }) {
  if (nom === undefined) return null;
  return (
    <td>
      <button type="submit" name={nom} value={valeur} aria-label={`Choisir ${quoi}`} formNoValidate>
        Choisir
      </button>
    </td>
  );
}
