import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  type CertificationTrouvee,
  type Constat,
  PAR_PAGE,
  readSessions,
  readStructure,
  type Saisi,
  touchPresence,
  type Verification,
} from "../../../../catalogue/index.ts";
import { sendPage } from "../../../pages/send.ts";
import { zTexte } from "../../../pages/texte.ts";
import { zId } from "../../id.ts";
import type { GestionOptions } from "../../options.ts";
import { ditsDe, saisiesDe } from "../vue.ts";
import { type Dossier, intitulesDe } from "./dossier.ts";
import { FichePage } from "./page.tsx";
import type { ResponsableVu } from "./responsable.tsx";

interface Dite {
  readonly fait?: string | undefined;
  readonly refus?: string | undefined;
  readonly saisi?: Saisi | undefined;
  readonly verification?: Verification | undefined;
  /** List that one more blank item was asked for. */
  readonly ajouter?: string | undefined;
  readonly recherche?: { readonly q: string; readonly trouves: readonly CertificationTrouvee[] } | undefined;
}

const zListe = z.object({
  filtre: zTexte,
  apres: zId,
  par: zTexte.transform((text) => PAR_PAGE.find((par) => String(par) === text) ?? 25),
});

/** Sends the page of a form, with what is to be said of it. */
export async function showDossier(
  { db }: Pick<GestionOptions, "db">,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  { fait, refus, saisi, verification, ajouter, recherche }: Dite = {},
): Promise<FastifyReply> {
  const { auteur, connexion: qui, place } = request;
  const { formulaire, action, genre, contenu } = dossier;
  const own = (verification?.constats ?? []).filter((constat) => isOf(constat, dossier));
  const saisies = saisiesDe(formulaire, contenu, saisi?.illisibles ?? new Map());
  const criteres = zListe.parse(request.query ?? {});
  const [certifications, presents, sessions, responsable] = await Promise.all([
    intitulesDe(db, saisies.get("certifications") ?? []),
    touchPresence(db, auteur, action.id),
    genre === "action"
      ? readSessions(db, auteur, action.id, {
          limit: criteres.par,
          filtre: criteres.filtre,
          apres: criteres.apres ?? 0,
        })
      : undefined,
    genre === "action" ? readResponsable(db, dossier, (place?.structures.length ?? 0) > 1) : undefined,
  ]);
  return sendPage(
    reply,
    <FichePage
      qui={qui}
      place={place}
      dossier={dossier}
      vue={{
        formulaire,
        saisies,
        dits: ditsDe(formulaire, { saisi, constats: own }),
        ajout: ajouter,
        certifications,
        recherche,
      }}
      presents={presents}
      fait={fait}
      refus={refus}
      saisi={saisi}
      constats={verification?.constats}
      partenaires={verification?.partenaires}
      responsable={responsable}
      liste={sessions === undefined ? undefined : { sessions, criteres }}
    />,
  );
}

/** Is it about the form that is shown, and not about another of the same action? */
export function isOf({ fiche }: Constat, { genre, session }: Dossier): boolean {
  return fiche.genre === genre && (genre === "action" || fiche.id === (session?.id ?? 0));
}

async function readResponsable(
  db: GestionOptions["db"],
  { action }: Dossier,
  plusieurs: boolean,
): Promise<ResponsableVu> {
  const structure = await readStructure(db, action.structure);
  return {
    nom: action.nomStructure,
    siret: structure?.siret ?? null,
    ville: structure?.ville ?? null,
    qualiopi: structure?.contenu?.qualiopi ?? [],
    plusieurs,
  };
}
