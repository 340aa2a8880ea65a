import type { Connexion } from "../../../access/index.ts";
import type { Detail } from "../../../delivery/index.ts";
import { Formulaire, Motif, Refus } from "../form.tsx";
import { Etat, Layout } from "../layout.tsx";
import { type Acte, decider } from "./actes.ts";

/** Says exactly what an act will do, and asks why, before anything is done. */
export function ActePage({
  qui,
  detail,
  acte,
  refus,
  motif,
}: {
  qui: Connexion | undefined;
  detail: Detail;
  acte: Acte;
  refus?: string | undefined;
  motif?: string;
}) {
  const decided = decider(acte.verb, detail);
  const back = `/diffusions/${detail.id}`;
  return (
    <Layout titre={acte.titre} qui={qui} ici="/diffusions">
      <p>
        <a href={back}>← La diffusion</a>
      </p>
      <h1>{acte.titre}</h1>
      <p class="chapeau">
        {detail.partner.nom} <span class="code">{detail.id}</span>
      </p>
      {"refused" in decided ? (
        <Refus texte={decided.refused} />
      ) : (
        <>
          <Refus texte={refus} />
          <p>{decided.phrase}</p>
          {acte.verb === "release" && detail.partner.etat !== "actif" ? (
            <p>
              Ce destinataire est <Etat code={detail.partner.etat} /> : rien ne part avant sa reprise.
            </p>
          ) : null}
          <Formulaire qui={qui} vers={`${back}/${acte.nom}`} classe="fiche">
            <Motif {...(motif === undefined ? {} : { valeur: motif })} />
            <p class="actions">
              <button type="submit">{acte.bouton}</button>
              <a href={back}>Ne rien faire</a>
            </p>
          </Formulaire>
        </>
      )}
    </Layout>
  );
}
