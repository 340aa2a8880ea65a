import type { Knex } from "knex";
import {
  createAction,
  createSessions,
  createStructureKey,
  requestAttachment,
  requestStructure,
} from "../../src/catalogue/index.ts";
import {
  confirmer,
  done,
  FINANCEUR,
  loadStructures,
  OF,
  saisieAction,
  saisieSession,
  uneFiche,
  uneFichePubliee,
} from "./catalogue.ts";
import { SIRETS, unCompte } from "./structures.ts";

/** Written in everything of OF1 that another structure must not read. */
export const SECRET = "Secretdelof1";

/** What one structure holds: something of each kind that an address can name. */
export interface Biens {
  /** By the beginning of an address, what its `:id`, `:numero`… stands for. */
  valueOf(url: string): string;
  /** The action that a funder ordered from it. */
  readonly conventionnee: number;
}

/** OF1 with all that it may have, OF2 and a second funder that have nothing. */
export async function loadDeuxStructures(db: Knex): Promise<Biens> {
  await loadStructures(db);
  await db("structure").insert({ numero: "REGION2", type: "financeur", nom: "Autre financeur" });
  const contenu = saisieAction({ intitule: `Zzmot ${SECRET}` });
  const sessions = [saisieSession({ commentaire: SECRET })];
  const publiee = await uneFichePubliee(db, { contenu, sessions });
  const enControle = await uneFiche(db, OF, { contenu: { ...contenu, objectif: SECRET }, sessions });
  await confirmer(db, enControle.id);
  const brouillon = await uneFiche(db, OF, { contenu, sessions });
  const { id: conventionnee } = done(
    await createAction(db, FINANCEUR, { cadre: "conventionnee", structure: "OF1", contenu }),
  );
  done(await createSessions(db, FINANCEUR, conventionnee, sessions));

  const referent = await unCompte(db, "referente", { structure: "OF1", profil: "general", referent: true });
  const { compte } = await unCompte(db, "candidate");
  done(await requestAttachment(db, compte, { structure: "OF1", profil: "catalogue" }));
  done(await requestStructure(db, compte, { nom: SECRET, siret: SIRETS[0], ville: "Pau", message: SECRET }));
  done(await createStructureKey(db, referent.gerant, { structure: "OF1", nom: SECRET }));
  const [importe] = await db("catalogue_import").insert(
    {
      structure: "OF1",
      cadre: "non_conventionnee",
      fichier: SECRET,
      format: "csv",
      octets: 1,
      created_by: "x",
    },
    ["id"],
  );

  const action = await db("catalogue_action").where({ id: publiee.id }).first("reference");
  const session = await db("catalogue_session").where({ id: publiee.sessions[0] }).first("reference");
  const idOf = async (table: string, where: object) => String((await db(table).where(where).first("id")).id);
  const demande = await idOf("rattachement", { etat: "demande" });
  const rattachement = await idOf("rattachement", { structure: "OF1", etat: "actif" });
  const cle = await idOf("structure_key", { structure: "OF1" });
  const absente = await idOf("structure_demande", {});
  const values: readonly (readonly [RegExp, string])[] = [
    [/\/rattachements\/:id/, rattachement],
    [/\/cles\/:id/, cle],
    [/\/demandes\/:id/, demande],
    [/\/absentes\/:id/, absente],
    [/\/importer\/:id/, String(importe?.id)],
    [/\/controle\/:id/, String(enControle.id)],
    [/\/sessions\/:id/, String(brouillon.sessions[0])],
    [/\/actions\/:id\/(archiver|abandonner|historique)/, String(publiee.id)],
    [/\/actions\/:id/, String(brouillon.id)],
  ];
  return {
    conventionnee,
    valueOf(url) {
      const id = values.find(([pattern]) => pattern.test(url))?.[1];
      return url
        .replace(":numero", "OF1")
        .replace(":action", action.reference)
        .replace(":session", session.reference)
        .replace(/:id\b/, () => {
          if (id === undefined) throw new Error(`what is the number in ${url}?`);
          return id;
        });
    },
  };
}

/** All that belongs to OF1 and that others must leave as it is, as one text to compare. */
export async function etatDeOf1(db: Knex): Promise<string> {
  const { rows } = await db.raw<{ rows: { etat: string }[] }>(`
    WITH a AS (SELECT * FROM catalogue_action WHERE structure = 'OF1')
    SELECT jsonb_pretty(jsonb_build_object(
      'structure', (SELECT jsonb_agg(s) FROM structure s WHERE numero = 'OF1'),
      'actions', (SELECT jsonb_agg(a ORDER BY id) FROM a),
      'sessions', (SELECT jsonb_agg(s ORDER BY s.id) FROM catalogue_session s WHERE action_id IN (SELECT id FROM a)),
      'passages', (SELECT jsonb_agg(p ORDER BY p.id) FROM catalogue_passage p WHERE action_id IN (SELECT id FROM a)),
      'presences', (SELECT jsonb_agg(to_jsonb(p) - 'seen_at' ORDER BY acteur) FROM catalogue_presence p WHERE action_id IN (SELECT id FROM a)),
      'imports', (SELECT jsonb_agg(i ORDER BY i.id) FROM catalogue_import i WHERE structure = 'OF1'),
      'cles', (SELECT jsonb_agg(to_jsonb(k) - 'last_used_at' ORDER BY k.id) FROM structure_key k WHERE structure = 'OF1'),
      -- Anyone may ask to be attached: that alone gives nothing.
      'rattachements', (SELECT jsonb_agg(r ORDER BY r.id) FROM rattachement r WHERE structure = 'OF1'
        AND (etat <> 'demande' OR compte_id IN (SELECT id FROM compte WHERE identifiant = 'candidate'))),
      'demandes', (SELECT jsonb_agg(d ORDER BY d.id) FROM structure_demande d
        WHERE compte_id IN (SELECT id FROM compte WHERE identifiant = 'candidate')),
      'publie', (SELECT jsonb_agg(p ORDER BY p.numero, p.version) FROM published_action p),
      'sessions_publiees', (SELECT jsonb_agg(p ORDER BY p.numero, p.version) FROM published_session p),
      'organismes', (SELECT jsonb_agg(p ORDER BY p.numero, p.version) FROM published_organisme p))) AS etat`);
  return rows[0]?.etat ?? "";
}
