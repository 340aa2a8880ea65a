import type { knownRefusals } from "../../../delivery/index.ts";
import { instant, nombre } from "../format.ts";
import { Table } from "../layout.tsx";
import { lienSession } from "../ou/search.tsx";

/** Sessions that a partner refused, each with what to do. @param titre of the table: a page may hold two */
export function Refuses({
  titre = "Sessions refusées",
  nombre: n,
  refus,
}: Awaited<ReturnType<typeof knownRefusals>> & { titre?: string }) {
  if (n === 0) return <p>Aucune session refusée à ce jour.</p>;
  return (
    <>
      <p>
        <strong>{nombre(n)}</strong> {n === 1 ? "session refusée" : "sessions refusées"}
        {refus.length < n ? `, dont les ${refus.length} dernières` : ""}.
      </p>
      <Table titre={titre} colonnes={["Session", "Refus", "À faire"]}>
        {refus.map(({ session, at, code, refus: said, changee }) => (
          <tr key={session}>
            <th scope="row">
              <a href={lienSession(session)}>{session}</a>
              <p class="discret">{instant(at)}</p>
            </th>
            <td>
              {said.libelle} {code === null || code === "" ? null : <span class="code">{code}</span>}
              {changee ? <p class="discret">Modifiée depuis : elle peut passer maintenant.</p> : null}
            </td>
            <td>{said.remede}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
