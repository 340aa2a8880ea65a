import { type CleDePartenaire, type Connexion, RECOUVREMENT } from "../../../access/index.ts";
import type { Partner } from "../../../partner/index.ts";
import { Formulaire, peut } from "../form.tsx";
import { instant } from "../format.ts";
import { Layout, Section, Table } from "../layout.tsx";

/** With which keys a partner comes and takes its feed; who may change partners makes, replaces and revokes them here. */
export function Cles({
  qui,
  partner,
  cles,
  maintenant,
}: {
  qui: Connexion | undefined;
  partner: Partner;
  cles: readonly CleDePartenaire[];
  maintenant: Date;
}) {
  const acts = peut(qui, "administrateur");
  const colonnes = ["Clé", "Créée", "A servi", "Cesse d'ouvrir", ...(acts ? ["À faire"] : [])];
  return (
    <Section
      titre="Clés de tirage"
      aide="Avec lesquelles il vient prendre son flux. Leur valeur n'est gardée nulle part."
    >
      {cles.length === 0 ? (
        <p>Aucune.</p>
      ) : (
        <Table titre="Clés de tirage" colonnes={colonnes}>
          {cles.map((cle) => (
            <tr key={cle.id}>
              <th scope="row">
                {cle.nom} <EtatCle cle={cle} maintenant={maintenant} />
                <p class="code">{cle.debut === null ? `n° ${cle.id}` : `${cle.debut}…`}</p>
              </th>
              <td>{instant(cle.created_at)}</td>
              <td>{cle.last_used_at === null ? "jamais" : instant(cle.last_used_at)}</td>
              <td>{finDe(cle)}</td>
              {acts ? (
                <td>{isOver(cle, maintenant) ? null : <Actes qui={qui} partner={partner} cle={cle} />}</td>
              ) : null}
            </tr>
          ))}
        </Table>
      )}
      {acts ? (
        <Formulaire qui={qui} vers={`/partenaires/${partner.id}/cles`} classe="actions">
          <label for="cle-nom">À quoi servira la clé</label>
          <input type="text" id="cle-nom" name="nom" value="flux" maxLength={100} required />
          <button type="submit">Créer une clé</button>
        </Formulaire>
      ) : null}
    </Section>
  );
}

function Actes({ qui, partner, cle }: { qui: Connexion; partner: Partner; cle: CleDePartenaire }) {
  const here = `/partenaires/${partner.id}/cles/${cle.id}`;
  return (
    <>
      <Formulaire qui={qui} vers={`${here}/remplacer`} classe="en-ligne">
        <label for={`jours-${cle.id}`}>
          <span class="cache">Clé {cle.nom} : </span>jours de recouvrement
        </label>
        <input
          type="number"
          id={`jours-${cle.id}`}
          name="jours"
          value={RECOUVREMENT.usuel}
          min={RECOUVREMENT.min}
          max={RECOUVREMENT.max}
          required
        />
        <button type="submit" class="second">
          Remplacer<span class="cache"> la clé {cle.nom}</span>
        </button>
      </Formulaire>
      <Formulaire qui={qui} vers={`${here}/revoquer`} classe="en-ligne">
        <button type="submit" class="second">
          Révoquer<span class="cache"> la clé {cle.nom}</span>
        </button>
      </Formulaire>
    </>
  );
}

const isOver = ({ revoked_at, expire_at }: CleDePartenaire, maintenant: Date): boolean =>
  revoked_at !== null || (expire_at !== null && expire_at <= maintenant);

function EtatCle({ cle, maintenant }: { cle: CleDePartenaire; maintenant: Date }) {
  if (cle.revoked_at !== null) return <span class="etat neutre">révoquée</span>;
  if (isOver(cle, maintenant)) return <span class="etat neutre">remplacée</span>;
  return cle.expire_at === null ? null : <span class="etat attente">en cours de remplacement</span>;
}

function finDe({ revoked_at, expire_at }: CleDePartenaire): string {
  if (revoked_at !== null) return instant(revoked_at);
  return expire_at === null ? "jamais" : instant(expire_at);
}

/** A new key, shown now and never again. */
export function CleMontreePage({
  qui,
  partner,
  cle,
}: {
  qui: Connexion | undefined;
  partner: Partner;
  cle: string;
}) {
  return (
    <Layout titre="Nouvelle clé" qui={qui} ici="/partenaires">
      <p>
        <a href={`/partenaires/${partner.id}`}>← {partner.nom}</a>
      </p>
      <h1>Nouvelle clé</h1>
      <p class="chapeau">
        Pour {partner.nom}. Elle n'est montrée que maintenant : transmettez-la par un moyen sûr.
      </p>
      <p class="secret">
        <label for="cle">Clé</label>
        <input id="cle" type="text" value={cle} readOnly />
      </p>
      <p class="aide">
        À donner par <code>Authorization: Bearer &lt;clé&gt;</code>, ou par Basic avec le nom{" "}
        <code>{partner.id}</code>.
      </p>
    </Layout>
  );
}
