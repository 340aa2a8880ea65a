import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { type CleMontree, createKey, revokeKey, rotateKey } from "../../../access/index.ts";
import { readPartner } from "../../../partner/index.ts";
import { acteurOf } from "../form.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { CleMontreePage } from "./cles.tsx";

const ADMINISTRATOR = { config: { acces: "administrateur" } } as const;

const zNom = z.object({ nom: zTexte });
const zJours = z.object({ jours: zTexte });

type Partner = FastifyRequest<{ Params: { id: string } }>;
type Key = FastifyRequest<{ Params: { id: string; cle: string } }>;

/**
 * Keys of a partner: made, replaced with some days of overlap, revoked.
 * @param refuse shows the partner's page with why nothing was done
 */
export function clesRoutes(
  app: FastifyInstance,
  db: Knex,
  refuse: (request: Partner, reply: FastifyReply, refus: string) => Promise<unknown>,
): void {
  app.post("/partenaires/:id/cles", ADMINISTRATOR, async (request: Partner, reply) => {
    const partner = zTexte.parse(request.params.id);
    const { nom } = zNom.parse(request.body ?? {});
    if (nom === "") return refuse(request, reply, "Dites à quoi servira la clé.");
    const made = await createKey(db, { partner, nom: nom.slice(0, 100) }, acteurOf(request));
    return showOnce(request, reply, partner, made);
  });

  app.post("/partenaires/:id/cles/:cle/remplacer", ADMINISTRATOR, async (request: Key, reply) => {
    const partner = zTexte.parse(request.params.id);
    const { jours } = zJours.parse(request.body ?? {});
    const made = await rotateKey(
      db,
      { id: numberOf(request.params.cle), jours: /^\d{1,3}$/.test(jours) ? Number(jours) : -1, partner },
      acteurOf(request),
    );
    return showOnce(request, reply, partner, made);
  });

  app.post("/partenaires/:id/cles/:cle/revoquer", ADMINISTRATOR, async (request: Key, reply) => {
    const partner = zTexte.parse(request.params.id);
    const done = await revokeKey(db, numberOf(request.params.cle), acteurOf(request), partner);
    if ("refus" in done) return refuse(request, reply, done.refus);
    return reply.redirect(`/partenaires/${encodeURIComponent(partner)}?fait=revoquer`, 303);
  });

  async function showOnce(request: Partner, reply: FastifyReply, id: string, made: CleMontree) {
    if ("refus" in made) return refuse(request, reply, made.refus);
    const partner = await readPartner(db, id);
    if (partner === undefined) return reply.callNotFound();
    return sendPage(reply, <CleMontreePage qui={request.connexion} partner={partner} cle={made.cle} />);
  }
}

const numberOf = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : 0);
