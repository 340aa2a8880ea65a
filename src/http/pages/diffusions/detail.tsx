import type { Connexion } from "../../../access/index.ts";
import { parisTime } from "../../../calendar/index.ts";
import { type Detail, type Lien, MOTS_RETENUE } from "../../../delivery/index.ts";
import { Fait } from "../faits.tsx";
import { Accompli, Formulaire, peut } from "../form.tsx";
import { compte, instant, jourEnLettres, taille } from "../format.ts";
import { Actes } from "../journal/actes.tsx";
import { Etat, Layout, Section } from "../layout.tsx";
import { Accuses } from "./accuses.tsx";
import { ACTES, type Acte, decider, estAnnoncee, estRejouable } from "./actes.ts";
import { Essais } from "./essais.tsx";

interface Delivery {
  readonly qui: Connexion | undefined;
  readonly detail: Detail;
  /** The act that was just done. */
  readonly fait: Acte | undefined;
}

/** Everything that is known of one delivery, and what may be done with it. */
export function DiffusionPage({ qui, detail, fait }: Delivery) {
  const { id, partner, etat, retenue, motif } = detail;
  return (
    <Layout titre={`Diffusion ${id}`} qui={qui} ici="/diffusions" direct={["diffusions"]}>
      <p>
        <a href="/diffusions">← Diffusions</a>
      </p>
      <h1>Diffusion pour {partner.nom}</h1>
      <p class="chapeau">
        <Etat code={estAnnoncee(detail) ? "annoncee" : etat} />
        {etat === "held" && retenue !== null ? ` ${MOTS_RETENUE[retenue]}` : null}{" "}
        <span class="code">{id}</span>
      </p>
      <Accompli texte={fait?.fait} />
      {motif === null ? null : <p>{motif}</p>}
      <Boutons qui={qui} detail={detail} />
      <Quoi {...detail} />
      <Quand {...detail} />
      <Section titre="Essais">
        <Essais detail={detail} />
      </Section>
      <Section titre="Accusés" aide="Ce que le destinataire a dit de ce qu'il a reçu.">
        <Accuses accuses={detail.accuses} />
      </Section>
      <Liens liens={detail.liens} lot={detail.lot} />
      <Section titre="Journal" aide="Ce que des personnes ont fait de cette diffusion, et pourquoi.">
        <Actes actes={detail.audit} sansObjet />
      </Section>
    </Layout>
  );
}

/** What the reader may do now; nothing is shown that would be refused. */
function Boutons({ qui, detail }: { qui: Connexion | undefined; detail: Detail }) {
  if (!peut(qui, "operateur")) return null;
  const offered = ACTES.filter(({ verb }) => "phrase" in decider(verb, detail));
  if (offered.length === 0 && !estRejouable(detail)) return null;
  return (
    <div class="actions">
      {estRejouable(detail) ? (
        <Formulaire qui={qui} vers="/rejeux/apercu" champs={{ ids: detail.id }}>
          <button type="submit">Rejouer…</button>
        </Formulaire>
      ) : null}
      {offered.map(({ nom, bouton }) => (
        <a class="bouton" href={`/diffusions/${detail.id}/${nom}`} key={nom}>
          {bouton}…
        </a>
      ))}
    </div>
  );
}

function Quoi({ partner, contenu, sha256, actuel }: Detail) {
  return (
    <Section titre="Quoi">
      <dl class="faits">
        <Fait titre="Destinataire">
          <a href={`/partenaires/${partner.id}`}>{partner.nom}</a> <span class="code">{partner.id}</span>
          {partner.etat === "actif" ? null : (
            <>
              {" "}
              <Etat code={partner.etat} /> {partner.etatMotif}
            </>
          )}
        </Fait>
        <Fait titre="Profil">
          <a class="code" href={`/historique/${partner.profil}`}>
            {partner.profil}
          </a>
        </Fait>
        {contenu === undefined ? (
          <Fait titre="Contenu">à venir : celui de l'édition de ce jour-là</Fait>
        ) : (
          <>
            <Fait titre="Contenu">
              {contenu.file === null
                ? "vide : rien dans le périmètre"
                : `${compte(contenu.formations, "formation")}, ${compte(contenu.sessions, "session")}`}
              , {contenu.edition === null ? null : <Edition id={contenu.edition} />} du{" "}
              {instant(contenu.createdAt)}
            </Fait>
            <Fait titre="Est-ce l'actuel ?">
              {actuel ? "oui" : "non, un plus récent a été publié"}
              {contenu.id === null ? null : (
                <>
                  , <a href={`/historique/${partner.profil}/${contenu.id}`}>flux n° {contenu.id}</a>
                </>
              )}
            </Fait>
            {contenu.file === null ? null : (
              <>
                <Fait titre="Taille">
                  {taille(contenu.file.octets)}, {taille(contenu.file.octetsGz)} compressé
                </Fait>
                <Fait titre="SHA-256 du XML">
                  <span class="code">{contenu.file.sha256}</span>
                </Fait>
              </>
            )}
          </>
        )}
        {sha256 === null ? null : (
          <Fait titre="SHA-256 des octets envoyés">
            <span class="code">{sha256}</span>
          </Fait>
        )}
      </dl>
    </Section>
  );
}

const Edition = ({ id }: { id: number }) => <a href={`/editions/${id}`}>édition n° {id}</a>;

function Quand({ createdAt, dueAt, dueExplain }: Detail) {
  return (
    <Section titre="Quand">
      <dl class="faits">
        <Fait titre="Créée">{instant(createdAt)}</Fait>
        <Fait titre="Part à partir du">{instant(dueAt)}</Fait>
        <Fait titre="Pourquoi cette date">
          {dueExplain.length === 0 ? (
            "aucun jour d'attente"
          ) : (
            <ol class="jours-comptes">
              {dueExplain.map(({ jour, raison }) => (
                <li key={jour + raison}>
                  <strong>{jourEnLettres(jour)} :</strong> <span>{raison}</span>
                </li>
              ))}
              <li class="depart">
                <strong>{jourEnLettres(parisTime(dueAt).jour)} :</strong>{" "}
                <span>départ, {instant(dueAt)}</span>
              </li>
            </ol>
          )}
        </Fait>
      </dl>
    </Section>
  );
}

const LIENS: Readonly<Record<Lien["lien"], string>> = {
  rejoue: "Rejoue",
  rejouee_par: "Rejouée par",
  remplace: "Remplace",
  remplacee_par: "Remplacée par",
};

function Liens({ liens, lot }: Pick<Detail, "liens" | "lot">) {
  if (liens.length === 0 && lot === null) return null;
  return (
    <Section titre="Liens">
      <ul>
        {lot === null ? null : (
          <li>
            Créée par le <a href={`/rejeux/${lot}`}>rejeu n° {lot}</a>
          </li>
        )}
        {liens.map(({ lien, id, etat }) => (
          <li key={lien + id}>
            {LIENS[lien]}{" "}
            <a class="code" href={`/diffusions/${id}`}>
              {id}
            </a>{" "}
            <Etat code={etat} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
