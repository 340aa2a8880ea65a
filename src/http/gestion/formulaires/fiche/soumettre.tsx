import type { FastifyReply, FastifyRequest } from "fastify";
import {
  difference,
  itemsOf,
  nomsDesActeurs,
  parse,
  type Saisi,
  type Saisies,
  searchCertifications,
  searchFormateurs,
} from "../../../../catalogue/index.ts";
import { sendPage } from "../../../pages/send.ts";
import type { GestionOptions } from "../../options.ts";
import { acteDe, derniere, saisiesOf, sans } from "../corps.ts";
import { showDossier } from "./afficher.tsx";
import { ConflitPage } from "./conflit.tsx";
import { confirmDossier, type Dossier, openDossier, saveDossier, validateDossier } from "./dossier.ts";

export type Intention = "enregistrer" | "valider" | "confirmer";

/** What was sent, as the form is to read it: choices of a conflict, items taken out, a certification found. */
function saisiesEnvoyees(body: unknown): Saisies {
  const sent = saisiesOf(body);
  const theirs = [...sent.keys()].filter(
    (nom) => nom.startsWith("choix:") && derniere(sent, nom) === "sienne",
  );
  const { verbe, quoi } = acteDe(sent);
  const gone = [...theirs.map((nom) => nom.slice("choix:".length)), ...(verbe === "retirer" ? [quoi] : [])];
  const kept = sans(sent, gone);
  const found = derniere(sent, "ajouter_certification");
  return found === ""
    ? kept
    : new Map([...kept, ["certifications", [...(kept.get("certifications") ?? []), found]]]);
}

/** Reads a form over what is stored. */
export async function readSaisie(
  { db }: Pick<GestionOptions, "db">,
  { auteur, body }: Pick<FastifyRequest, "auteur" | "body">,
  { formulaire, contenu, genre }: Dossier,
): Promise<{ readonly saisies: Saisies; readonly saisi: Saisi }> {
  const saisies = saisiesEnvoyees(body);
  const saisi = parse(formulaire, contenu, saisies);
  if (genre === "action") return { saisies, saisi };
  return { saisies, saisi: { ...saisi, contenu: await nameFormateurs(saisi.contenu) } };

  /** S97: a SIRET alone is enough for a body that the catalogue knows. */
  async function nameFormateurs(typed: Saisi["contenu"]): Promise<Saisi["contenu"]> {
    const items = itemsOf(typed.formateurs);
    if (!items.some(isNameless)) return typed;
    const formateurs = await Promise.all(
      items.map(async (item) => {
        if (!isNameless(item)) return item;
        const found = await searchFormateurs(db, auteur, String(item.siret), 1);
        const [known] = found.filter(({ siret }) => siret === item.siret);
        return known === undefined ? item : { ...item, raison_sociale: known.raison_sociale };
      }),
    );
    return { ...typed, formateurs };
  }
}

const isNameless = (item: Saisi["contenu"]): boolean => item.siret !== "" && item.raison_sociale === "";

/** Saves what was sent, then does what its button asks; shows the form again, or leads to where it now is. */
export async function submit(
  options: GestionOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  intention: Intention,
): Promise<FastifyReply> {
  const { db } = options;
  const { auteur } = request;
  const { saisies, saisi } = await readSaisie(options, request, dossier);
  const revision = Number(derniere(saisies, "revision"));
  const saved = await saveDossier(db, auteur, dossier, { revision, contenu: saisi.contenu });
  if ("conflit" in saved) return showConflict(options, request, reply, dossier, { saved, saisi, saisies });
  if ("refus" in saved)
    return showDossier(options, request, reply.code(409), dossier, { refus: saved.refus, saisi });
  const now = await openDossier(db, auteur, dossier.genre, saved.id);
  if (now === undefined) throw new Error("what was just saved is not there");
  if (saisi.erreurs.size > 0) return showDossier(options, request, reply.code(422), now, { saisi });
  const unchanged = saved.revision === dossier.revision;
  if (intention === "confirmer" && unchanged && now.validee) return confirm(options, request, reply, now);
  if (intention !== "enregistrer")
    return validate(options, request, reply, now, { saisi, refaire: intention === "confirmer" });
  return answerSaved(options, request, reply, now, { saisies, saisi });
}

async function answerSaved(
  options: GestionOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Dossier,
  { saisies, saisi }: { saisies: Saisies; saisi: Saisi },
): Promise<FastifyReply> {
  const { verbe, quoi } = acteDe(saisies);
  switch (verbe) {
    case "ajouter":
      return showDossier(options, request, reply, now, { ajouter: quoi, saisi });
    case "chercher": {
      const q = derniere(saisies, "q_certification").trim().slice(0, 200);
      const trouves =
        q === "" ? [] : await searchCertifications(options.db, q, { organisme: now.action.structure });
      return showDossier(options, request, reply, now, { recherche: { q, trouves }, saisi });
    }
    case "revenir":
      return reply.redirect(`/gestion/actions/${now.action.id}#sessions`, 303);
    default:
      // What was put right in a text is told once, at once.
      if (saisi.remarques.length > 0 || verbe === "retirer" || saisies.has("ajouter_certification"))
        return showDossier(options, request, reply, now, { saisi });
      return reply.redirect(`${now.adresse}?fait=enregistre`, 303);
  }
}

async function validate(
  options: GestionOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  { saisi, refaire }: { saisi: Saisi; refaire: boolean },
): Promise<FastifyReply> {
  const { db } = options;
  const { auteur } = request;
  const done = await validateDossier(options, auteur, dossier);
  const id = dossier.session?.id ?? dossier.action.id;
  const now = (await openDossier(db, auteur, dossier.genre, id)) ?? dossier;
  if ("refus" in done)
    return showDossier(options, request, reply.code(409), now, { refus: done.refus, saisi });
  const { verification, validee } = done;
  const fait = refaire
    ? "La fiche a changé depuis sa validation : elle vient d'être vérifiée de nouveau."
    : undefined;
  return showDossier(options, request, validee ? reply : reply.code(422), now, { verification, saisi, fait });
}

async function confirm(
  options: GestionOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
): Promise<FastifyReply> {
  const done = await confirmDossier(options, request.auteur, dossier);
  if ("refus" in done) return showDossier(options, request, reply.code(409), dossier, { refus: done.refus });
  if (dossier.genre === "action") return reply.redirect(`${dossier.adresse}?fait=confirmee`, 303);
  const fait = done.etat === "publiee" ? "session" : "session_en_attente";
  return reply.redirect(`${dossier.adresse}?fait=${fait}`, 303);
}

interface Enconflit {
  readonly saved: Extract<Awaited<ReturnType<typeof saveDossier>>, { readonly conflit: unknown }>;
  readonly saisi: Saisi;
  readonly saisies: Saisies;
}

async function showConflict(
  { db }: GestionOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  { saved: { conflit }, saisi, saisies }: Enconflit,
): Promise<FastifyReply> {
  const { connexion: qui, place } = request;
  const noms = await nomsDesActeurs(db, [conflit.par]);
  return sendPage(
    reply.code(409),
    <ConflitPage
      qui={qui}
      place={place}
      dossier={dossier}
      par={noms.get(conflit.par) ?? conflit.par}
      at={conflit.at}
      revision={conflit.revision}
      differences={difference(dossier.formulaire, conflit.contenu, saisi.contenu)}
      saisies={saisies}
    />,
  );
}
