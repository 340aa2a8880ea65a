import type { AControler, FileDeControle, Reprise, TypeDeControle } from "../../../catalogue/index.ts";
import { compter, dateLheo, instant, nombre } from "../../pages/format.ts";
import { Suivants, Table } from "../../pages/layout.tsx";
import { adresse } from "../../pages/texte.ts";
import { CadreGestion } from "../cadre.tsx";
import type { Membre } from "../scope.ts";

interface Props extends Membre {
  readonly type: TypeDeControle | undefined;
  readonly comptes: Readonly<Record<TypeDeControle | "retard", number>>;
  readonly file: FileDeControle;
}

/** What is waited for, in words (S40, S41). */
export const MOTS_DU_TYPE: Readonly<Record<TypeDeControle, string>> = {
  creation: "création",
  certification: "certification modifiée",
};

const CHOIX: readonly { readonly type: TypeDeControle | undefined; readonly texte: string }[] = [
  { type: undefined, texte: "Tout" },
  { type: "creation", texte: "Créations" },
  { type: "certification", texte: "Certifications modifiées" },
];

/** What waits for the control, by deadline (S119, S143). */
export function FilePage({ qui, place, type, comptes, file }: Props) {
  const { creation, certification, retard } = comptes;
  const countOf = (one: TypeDeControle | undefined) =>
    one === undefined ? creation + certification : comptes[one];
  return (
    <CadreGestion titre="Contrôle" qui={qui} place={place} ici="/gestion/controle">
      <h1>À contrôler</h1>
      <p class="chapeau">
        {compter(creation + certification, "action attend", "actions attendent")} leur contrôle, de 2 à 4
        jours ouvrés après la confirmation de l'organisme.{" "}
        {retard === 0 ? null : <span class="etat souci">{compter(retard, "en retard", "en retard")}</span>}
      </p>
      <nav class="choix" aria-label="Quels contrôles">
        <ul>
          {CHOIX.map((one) => (
            <li key={one.texte}>
              <a href={lienFile(one.type)} aria-current={one.type === type ? "true" : undefined}>
                {one.texte} <span class="compte">[{nombre(countOf(one.type))}]</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {file.actions.length === 0 ? (
        <p class="vide" role="status">
          Rien n'attend le contrôle.
        </p>
      ) : (
        <Table
          titre="File de contrôle, la première échéance d'abord"
          colonnes={["Échéance", "Action", "Organisme", "Contrôle", "Sessions", "En cours"]}
        >
          {file.actions.map((one) => (
            <Rang action={one} key={one.id} />
          ))}
        </Table>
      )}
      {file.suite === undefined ? null : <Suivants vers={lienFile(type, file.suite)} />}
    </CadreGestion>
  );
}

const lienFile = (type: TypeDeControle | undefined, apres?: Reprise): string =>
  adresse("/gestion/controle", {
    type,
    apres: apres === undefined ? undefined : `${apres.echeance} ${apres.id}`,
  });

function Rang({ action }: { action: AControler }) {
  const { id, reference, intitule, nomStructure, type, delai, enRetard, sessions, pris, soumise_at } = action;
  return (
    <tr>
      <th scope="row">
        {dateLheo(delai.auPlusTard)} {enRetard ? <span class="etat souci">en retard</span> : null}
      </th>
      <td>
        <a href={`/gestion/controle/${id}`}>{intitule === "" ? "Sans intitulé" : intitule}</a>
        <p class="discret">{reference}</p>
      </td>
      <td>{nomStructure}</td>
      <td>
        {MOTS_DU_TYPE[type]}
        <p class="discret">confirmée le {instant(soumise_at)}</p>
      </td>
      <td>{nombre(sessions)}</td>
      <td>{pris === undefined ? "" : `par ${pris.nom}`}</td>
    </tr>
  );
}
