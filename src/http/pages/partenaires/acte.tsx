import type { Connexion } from "../../../access/index.ts";
import type { Acted } from "../../../delivery/index.ts";
import type { Partner } from "../../../partner/index.ts";
import { Formulaire, Motif, Refus } from "../form.tsx";
import { Layout } from "../layout.tsx";

export const ACTES = {
  suspendre: { titre: "Suspendre les envois", bouton: "Suspendre" },
  reprendre: { titre: "Reprendre les envois", bouton: "Reprendre" },
} as const;
export type NomActe = keyof typeof ACTES;

/** Says exactly what will be done, and asks why, before anything is done. */
export function ActePartenairePage({
  qui,
  partner,
  acte,
  annonce,
  refus,
  motif = "",
}: {
  qui: Connexion | undefined;
  partner: Partner;
  acte: NomActe;
  /** What it would do, or why it cannot be done. */
  annonce: Acted;
  refus?: string | undefined;
  motif?: string | undefined;
}) {
  const { titre, bouton } = ACTES[acte];
  const back = `/partenaires/${partner.id}`;
  return (
    <Layout titre={titre} qui={qui} ici="/partenaires">
      <p>
        <a href={back}>← {partner.nom}</a>
      </p>
      <h1>{titre}</h1>
      <p class="chapeau">{partner.nom}</p>
      {"refused" in annonce ? (
        <Refus texte={annonce.refused} />
      ) : (
        <>
          <Refus texte={refus} />
          <p>{annonce.done}</p>
          <Formulaire qui={qui} vers={`${back}/${acte}`} classe="fiche">
            <Motif valeur={motif} />
            <p class="actions">
              <button type="submit">{bouton}</button>
              <a href={back}>Ne rien faire</a>
            </p>
          </Formulaire>
        </>
      )}
    </Layout>
  );
}
