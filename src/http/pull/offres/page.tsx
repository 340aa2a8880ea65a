import { labelOf } from "../../../lheo/index.ts";
import { jourEnLettres } from "../../pages/format.ts";
import { Layout } from "../../pages/layout.tsx";
import type { Fiche } from "./lecture.ts";

interface Props {
  readonly fiche: Fiche;
  /** The formation as LHEO. */
  readonly lheo: string;
  /** Text of the data block for search engines. */
  readonly jsonLd: string;
}

/** A session for whoever looks for a training; other sites may lead to it (S147). */
export function OffrePage({ fiche, lheo, jsonLd }: Props) {
  return (
    <Layout titre={fiche.intitule}>
      <article class="offre">
        <h1>{fiche.intitule}</h1>
        <p class="aide">{fiche.organisme}</p>
        <dl class="faits">
          {faitsOf(fiche).map(([nom, valeur]) => (
            <div key={nom}>
              <dt>{nom}</dt>
              <dd>{valeur}</dd>
            </div>
          ))}
          <Contact contact={fiche.contact} />
        </dl>
        <Texte titre="Objectif" texte={fiche.objectif} />
        <Texte titre="Contenu" texte={fiche.contenu} />
        <Texte titre="Résultats attendus" texte={fiche.resultats} />
        <p class="discret">
          Session {fiche.session} · <a href={lheo}>La même formation en LHEO (XML)</a>
        </p>
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd }} />
      </article>
    </Layout>
  );
}

type Fait = readonly [nom: string, valeur: string];

function faitsOf(fiche: Fiche): readonly Fait[] {
  const { heures, prix, niveauDeSortie, certifications, enseignement } = fiche;
  const faits: readonly (readonly [nom: string, valeur: string | undefined])[] = [
    ["Dates", datesOf(fiche)],
    ["Lieu", lieuOf(fiche)],
    ["Durée", heures === undefined ? undefined : `${heures.toLocaleString("fr-FR")} heures`],
    [
      "Modalité",
      enseignement === undefined ? undefined : labelOf("dict-modalites-enseignement", enseignement),
    ],
    ["Prix", prix === undefined ? undefined : prixOf(prix)],
    ["Niveau à la sortie", niveauDeSortie],
    ["Certification", certifications.length === 0 ? undefined : certifications.join(", ")],
  ];
  return faits.flatMap(([nom, valeur]) =>
    valeur === undefined || valeur === "" ? [] : [[nom, valeur] as const],
  );
}

function datesOf({ debut, fin, permanente }: Fiche): string | undefined {
  const written = [
    ...(debut === undefined ? [] : [`du ${withYear(debut)}`]),
    ...(fin === undefined ? [] : [`au ${withYear(fin)}`]),
  ].join(" ");
  if (!permanente) return written;
  return written === "" ? "entrées toute l'année" : `${written}, entrées toute l'année`;
}

const withYear = (jour: string): string => `${jourEnLettres(jour)} ${jour.slice(0, 4)}`;

function lieuOf({ lieu }: Fiche): string | undefined {
  if (lieu === undefined) return undefined;
  const commune = [lieu.codePostal, lieu.ville].filter((part) => part !== undefined).join(" ");
  return [...lieu.lignes, commune].filter((part) => part !== "").join(", ");
}

function prixOf(prix: string): string {
  const euros = Number(prix.replace(",", "."));
  if (Number.isNaN(euros)) return prix;
  return euros === 0 ? "gratuit" : euros.toLocaleString("fr-FR", { style: "currency", currency: "EUR" });
}

function Contact({ contact: { telephone, courriel, web } }: Pick<Fiche, "contact">) {
  if (telephone === undefined && courriel === undefined && web === undefined) return null;
  return (
    <div>
      <dt>Contact</dt>
      <dd>
        {telephone === undefined ? null : <span>{telephone} </span>}
        {courriel === undefined ? null : <a href={`mailto:${encodeURI(courriel)}`}>{courriel}</a>}{" "}
        {web === undefined ? null : (
          <a href={web} rel="nofollow noopener">
            {web}
          </a>
        )}
      </dd>
    </div>
  );
}

function Texte({ titre, texte }: { titre: string; texte: string | undefined }) {
  if (texte === undefined) return null;
  return (
    <section>
      <h2>{titre}</h2>
      {texte
        .split(/\s*\n\s*/)
        .filter((line) => line !== "")
        .map((line, rank) => (
          <p key={rank}>{line}</p>
        ))}
    </section>
  );
}
