import type { ReceiptSummary, ReceiptsSummary } from "../../../delivery/index.ts";
import { instantPrecis, nombre } from "../format.ts";
import { Table } from "../layout.tsx";
import { accuse } from "../words.ts";

/** What the partner said of what it received, and of each session that it refused. */
export function Accuses({ accuses }: { accuses: ReceiptsSummary | undefined }) {
  if (accuses === undefined || accuses.receipts.length === 0)
    return <p class="discret">Aucun accusé pour l'instant.</p>;
  const { receipts, refusees, inconnues } = accuses;
  return (
    <>
      <ol class="frise">
        {receipts.map((receipt) => (
          <li key={receipt.id}>
            <Accuse {...receipt} />
          </li>
        ))}
      </ol>
      {refusees.length === 0 ? null : (
        <Table
          titre="Sessions refusées"
          colonnes={["Session", "Code", "Ce que cela veut dire", "Que faire", "Dit par le destinataire"]}
        >
          {refusees.map(({ rang, session, ecrit, code, message, refus }) => (
            <tr key={rang}>
              <th scope="row">
                {session === null ? (
                  ecrit
                ) : (
                  <a href={`/ou/session/${encodeURIComponent(session)}`}>{session}</a>
                )}
              </th>
              <td class="code">{code}</td>
              <td>{refus.libelle}</td>
              <td>{refus.remede}</td>
              <td class="discret">{message}</td>
            </tr>
          ))}
        </Table>
      )}
      {inconnues.length === 0 ? null : (
        <p>
          Numéros qui ne sont pas dans cet envoi :{" "}
          <span class="code">{inconnues.map(({ ecrit }) => ecrit).join(", ")}</span>
        </p>
      )}
    </>
  );
}

function Accuse(receipt: ReceiptSummary) {
  const { recuLe, nom, comptes, reste, remarques } = receipt;
  const counts = COMPTES.flatMap(([cle, mot]) =>
    comptes[cle] === 0 ? [] : [`${mot} ${nombre(comptes[cle])}`],
  );
  const others = reste === null ? [] : [`les autres sont ${reste === "visible" ? "visibles" : "acquittées"}`];
  const said = [...counts, ...others];
  return (
    <>
      <h3>{majuscule(accuse(receipt))}</h3>
      <p>
        {instantPrecis(recuLe)}{" "}
        <span class="discret">· {nom === null ? "dans la réponse à l'envoi" : `fichier ${nom}`}</span>
      </p>
      {said.length === 0 ? null : <p>Sessions : {said.join(", ")}.</p>}
      {remarques.map(({ lieu, message }) => (
        <p class="discret" key={lieu + message}>
          {lieu} : {message}
        </p>
      ))}
    </>
  );
}

const majuscule = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const COMPTES = [
  ["acquittees", "acquittées"],
  ["visibles", "visibles"],
  ["refusees", "refusées"],
  ["inconnues", "inconnues de cet envoi"],
  ["illisibles", "illisibles"],
] as const;
