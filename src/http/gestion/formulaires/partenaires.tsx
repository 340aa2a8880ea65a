import type { VerdictPartenaire } from "../../../catalogue/index.ts";
import { dateLheo } from "../../pages/format.ts";

/** Will each destination show it, and if not, why. */
export function Partenaires({ partenaires }: { partenaires: readonly VerdictPartenaire[] | undefined }) {
  return (
    <section class="partenaires" data-partenaires="" aria-label="Chez les partenaires">
      {partenaires === undefined || partenaires.length === 0 ? null : (
        <>
          <h2>Chez les partenaires</h2>
          <ul>
            {partenaires.map((one) => (
              <Verdict verdict={one} key={one.profil} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Verdict({ verdict: { nom, dans, sessions, raisons, visibleLe } }: { verdict: VerdictPartenaire }) {
  const partie =
    dans && sessions.dedans < sessions.total ? ` (${sessions.dedans} sur ${sessions.total})` : "";
  const titre = (
    <>
      <span class={`etat ${dans ? "bien" : "neutre"}`}>{dans ? "oui" : "non"}</span> {nom}
      {partie}
      {visibleLe === undefined ? null : <span class="discret"> · vers le {dateLheo(visibleLe)}</span>}
    </>
  );
  return (
    <li>
      {raisons.length === 0 ? (
        titre
      ) : (
        <details>
          <summary>{titre}</summary>
          <ul>
            {raisons.map((raison) => (
              <li key={raison}>{raison}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
