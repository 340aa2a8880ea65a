import type { Connexion } from "../../../access/index.ts";
import type { Apercu, Ligne } from "../../../delivery/index.ts";
import type { Criteres } from "../diffusions/criteres.ts";
import { Formulaire, Motif, Refus } from "../form.tsx";
import { compte, instant, taille } from "../format.ts";
import { Etat, Layout, Section, Table } from "../layout.tsx";
import { adresse } from "../texte.ts";

interface Preview {
  readonly qui: Connexion | undefined;
  readonly criteres: Criteres;
  readonly apercu: Apercu;
  /** Files beyond which a second person must agree. */
  readonly seuil: number;
  readonly refus?: string | undefined;
  readonly motif?: string;
}

/** What a replay would do, partner by partner, and what confirms exactly that. */
export function ApercuPage({ qui, criteres, apercu, seuil, refus, motif = "" }: Preview) {
  const { diffusions, envois, lignes, jeton, expireAt, filtre } = apercu;
  const octets = lignes.reduce((sum, ligne) => sum + (ligne.sort === "refuse" ? 0 : ligne.octets), 0);
  const back = criteres.ids === "" ? adresse("/rejeux", criteres) : `/diffusions/${criteres.ids}`;
  return (
    <Layout titre="Aperçu du rejeu" qui={qui} ici="/rejeux">
      <p>
        <a href={back}>← Revenir</a>
      </p>
      <h1>Aperçu du rejeu</h1>
      <Refus texte={refus} />
      <p class="chapeau">
        {compte(diffusions, "diffusion")} à rejouer, {compte(envois, "envoi")}, {taille(octets)}. Rien n'est
        encore parti.
      </p>
      {filtre.ids !== undefined || filtre.etats === undefined ? null : (
        <p>
          États :{" "}
          {filtre.etats.map((etat) => (
            <>
              <Etat code={etat} key={etat} />{" "}
            </>
          ))}
        </p>
      )}
      <Section titre="Ce qui partirait">
        <Table titre="Par destinataire" colonnes={["Destinataire", "Diffusions", "Départ", "Ce qui part"]}>
          {lignes.map((ligne) => (
            <Destinataire {...ligne} key={ligne.partner} />
          ))}
        </Table>
      </Section>
      {envois === 0 ? (
        <p>Rien ne peut partir : la raison est sur chaque ligne.</p>
      ) : (
        <Section titre="Confirmer" aide={`Cet aperçu vaut jusqu'au ${instant(expireAt)}.`}>
          {envois > seuil ? (
            <p>
              Une autre personne devra donner son accord avant l'envoi
              {seuil === 0 ? "." : ` : il le faut au-delà de ${compte(seuil, "envoi")}.`}
            </p>
          ) : null}
          <Formulaire qui={qui} vers="/rejeux" classe="fiche" champs={{ ...criteres, jeton }}>
            <Motif valeur={motif} />
            <p class="actions">
              <button type="submit">Rejouer {compte(envois, "envoi")}</button>
              <a href={back}>Ne rien faire</a>
            </p>
          </Formulaire>
        </Section>
      )}
    </Layout>
  );
}

function Destinataire(ligne: Ligne) {
  const { partner, nom, diffusions, deja, phrase, sort } = ligne;
  const [first] = diffusions;
  return (
    <tr>
      <th scope="row">
        {nom} <span class="code">{partner}</span>
      </th>
      <td>
        <a class="code" href={`/diffusions/${first}`}>
          {first}
        </a>
        {diffusions.length === 1 ? null : <p class="discret">et {compte(diffusions.length - 1, "autre")}</p>}
      </td>
      <td>
        {ligne.sort === "refuse"
          ? "ne part pas"
          : ligne.depart === undefined
            ? "à la reprise"
            : instant(ligne.depart)}
      </td>
      <td>
        {sort === "refuse" ? null : `${taille(ligne.octets)}, `}
        {phrase}
        {deja.length === 0 ? null : (
          <p class="discret">
            déjà rejouée par <a href={`/diffusions/${deja[0]}`}>{deja[0]}</a>
          </p>
        )}
      </td>
    </tr>
  );
}
