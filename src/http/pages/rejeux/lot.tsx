import type { Connexion } from "../../../access/index.ts";
import type { Lot, LotItem } from "../../../delivery/index.ts";
import { Formulaire, Motif, peut, Refus } from "../form.tsx";
import { compte, instant, nombre } from "../format.ts";
import { Etat, Layout, Section, Table } from "../layout.tsx";

interface Batch {
  readonly qui: Connexion | undefined;
  /** Who reads, as the audit names people. */
  readonly moi: string;
  readonly lot: Lot & { readonly items: readonly LotItem[] };
  readonly refus?: string | undefined;
}

/** Deliveries shown; the counts tell the rest. */
const SHOWN = 200;

/** A confirmed replay: how far it is, what became of each delivery, and what a second person is asked. */
export function LotPage({ qui, moi, lot, refus }: Batch) {
  const { id, etat, acteur, valideur, motif, diffusions, envois, faites, items } = lot;
  return (
    <Layout titre={`Rejeu n° ${id}`} qui={qui} ici="/rejeux" direct={["rejeux", "diffusions"]}>
      <p>
        <a href="/rejeux">← Rejeux</a>
      </p>
      <h1>Rejeu n° {id}</h1>
      <p class="chapeau">
        <Etat code={etat} /> demandé par {acteur} le {instant(lot.confirmed_at)}
        {valideur === null ? "" : `, avec l'accord de ${valideur}`}
      </p>
      {motif === null ? null : <p>« {motif} »</p>}
      <Refus texte={refus} />
      <p class="avance">
        <label for="avance">
          {compte(faites, "diffusion")} sur {nombre(diffusions)}, {compte(envois, "envoi")}
        </label>
        <progress id="avance" max={diffusions} value={faites} />
      </p>
      {etat !== "en_cours" ? null : (
        <p class="actions">
          <a href={`/rejeux/${id}`}>Actualiser</a>
        </p>
      )}
      {etat === "a_valider" ? <Accord qui={qui} moi={moi} lot={lot} /> : null}
      <Section titre="Diffusions">
        <Table titre="Diffusions rejouées" colonnes={["Partenaire", "Diffusion", "Résultat", "Ce qui part"]}>
          {items.slice(0, SHOWN).map((item) => (
            <Item {...item} key={item.delivery_id} />
          ))}
        </Table>
        {items.length <= SHOWN ? null : <Comptes items={items} />}
      </Section>
      {etat === "en_cours" && peut(qui, "operateur") ? (
        <details>
          <summary>Abandonner ce qui reste</summary>
          <Formulaire qui={qui} vers={`/rejeux/${id}/abandon`} classe="fiche">
            <Motif />
            <button type="submit">Abandonner</button>
          </Formulaire>
        </details>
      ) : null}
    </Layout>
  );
}

/** The second person agrees or gives it up; the first one may only give it up. */
function Accord({ qui, moi, lot: { id, acteur, envois } }: Pick<Batch, "qui" | "moi" | "lot">) {
  if (!peut(qui, "operateur"))
    return <p>Rien ne part avant qu'un opérateur, autre que {acteur}, donne son accord.</p>;
  const mine = moi === acteur;
  return (
    <Section titre={mine ? "En attente d'un second accord" : "Donner votre accord"}>
      <p>
        {mine
          ? "Rien ne part avant qu'une autre personne donne son accord, depuis cette page."
          : `Avec votre accord, ${nombre(envois)} envoi${envois > 1 ? "s partent" : " part"}, si rien n'a changé depuis la demande.`}
      </p>
      <Formulaire qui={qui} vers={`/rejeux/${id}/${mine ? "abandon" : "accord"}`} classe="fiche">
        <Motif />
        <p class="actions">
          {mine ? null : <button type="submit">Donner mon accord</button>}
          <button type="submit" class="second" formAction={`/rejeux/${id}/abandon`}>
            Abandonner le rejeu
          </button>
        </p>
      </Formulaire>
    </Section>
  );
}

const RESULTATS = {
  cree: "nouvelle diffusion",
  rejoint: "part avec une autre",
  refuse: "ne part pas",
} as const;

const resultat = ({ resultat: made }: LotItem): string => (made === null ? "à faire" : RESULTATS[made]);

function Item(item: LotItem) {
  const { delivery_id, partner, rejeu, rejeu_etat, motif } = item;
  return (
    <tr>
      <th scope="row">{partner}</th>
      <td>
        <a class="code" href={`/diffusions/${delivery_id}`}>
          {delivery_id}
        </a>
      </td>
      <td>{resultat(item)}</td>
      <td>
        {rejeu === null ? null : (
          <>
            <a class="code" href={`/diffusions/${rejeu}`}>
              {rejeu}
            </a>{" "}
            {rejeu_etat === null ? null : <Etat code={rejeu_etat} />}
          </>
        )}
        {motif === null ? null : <p class="discret">{motif}</p>}
      </td>
    </tr>
  );
}

function Comptes({ items }: { items: readonly LotItem[] }) {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(resultat(item), (counts.get(resultat(item)) ?? 0) + 1);
  return (
    <p class="discret">
      {nombre(items.length)} diffusions en tout :{" "}
      {[...counts].map(([word, n]) => `${nombre(n)} ${word}`).join(", ")}.
    </p>
  );
}
