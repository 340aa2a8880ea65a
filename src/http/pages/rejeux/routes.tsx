import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import {
  abandonReplay,
  advanceReplay,
  approveReplay,
  confirmReplay,
  openLots,
  previewReplay,
  readLot,
} from "../../../delivery/index.ts";
import { type Criteres, filtreOf, zCriteres } from "../diffusions/criteres.ts";
import { readDestinataires } from "../diffusions/data.ts";
import { acteurOf } from "../form.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { ApercuPage } from "./apercu.tsx";
import { RejeuxPage } from "./form.tsx";
import { LotPage } from "./lot.tsx";

const READER = { config: { acces: "lecteur" } } as const;
const OPERATOR = { config: { acces: "operateur" } } as const;

const zConfirm = zCriteres.extend({ jeton: zTexte, motif: zTexte });
const zMotif = z.object({ motif: zTexte });

/** How long an answer waits for a replay that is quickly made, milliseconds. */
const SOON = 1_000;

type OfLot = FastifyRequest<{ Params: { lot: string } }>;

interface RejeuxOptions {
  readonly db: Knex;
  /** Files beyond which a second person must agree; always when it is not given. */
  readonly seuilRejeu?: number | undefined;
}

/** Sending again: asked, looked at, confirmed (by two persons when it is much), followed. */
export function rejeux({ db, seuilRejeu = 0 }: RejeuxOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const stop = new AbortController();
    const underWay = new Set<Promise<void>>();
    app.addHook("preClose", async () => {
      stop.abort();
      await Promise.all(underWay);
    });
    /** Makes it in this process; the job of replays takes up what a stop, or a fault, leaves. */
    const make = async (lot: number): Promise<void> => {
      const work = advanceReplay(db, lot, { signal: stop.signal })
        .catch((error: unknown) => app.log.warn({ err: error, lot }, "replay.interrupted"))
        .finally(() => underWay.delete(work));
      underWay.add(work);
      await Promise.race([work, pause(SOON, undefined, { ref: false })]);
    };

    app.get("/rejeux", READER, async (request, reply) => ask(request, reply, zCriteres.parse(request.query)));

    app.post("/rejeux/apercu", OPERATOR, async (request, reply) =>
      show(request, reply, zCriteres.parse(request.body ?? {})),
    );

    app.post("/rejeux", OPERATOR, async (request, reply) => {
      const { jeton, motif, ...criteres } = zConfirm.parse(request.body ?? {});
      const acteur = acteurOf(request);
      const confirmed = await confirmReplay(db, jeton, { acteur, motif, seuil: seuilRejeu });
      if ("refused" in confirmed) return show(request, reply.code(422), criteres, confirmed.refused, motif);
      const { lot, etat } = confirmed.done;
      if (etat === "en_cours") await make(lot);
      return reply.redirect(`/rejeux/${lot}`, 303);
    });

    app.get("/rejeux/:lot", READER, async (request: OfLot, reply) => follow(request, reply));

    app.post("/rejeux/:lot/accord", OPERATOR, async (request: OfLot, reply) => {
      const { motif } = zMotif.parse(request.body ?? {});
      const lot = numero(request);
      const approved = await approveReplay(db, lot, { acteur: acteurOf(request), motif });
      if ("refused" in approved) return follow(request, reply.code(422), approved.refused);
      await make(lot);
      return reply.redirect(`/rejeux/${lot}`, 303);
    });

    app.post("/rejeux/:lot/abandon", OPERATOR, async (request: OfLot, reply) => {
      const { motif } = zMotif.parse(request.body ?? {});
      const lot = numero(request);
      const given = await abandonReplay(db, lot, { acteur: acteurOf(request), motif });
      if ("refused" in given) return follow(request, reply.code(422), given.refused);
      return reply.redirect(`/rejeux/${lot}`, 303);
    });
  };

  async function ask(
    { connexion }: FastifyRequest,
    reply: FastifyReply,
    criteres: Criteres,
    refus?: string,
  ): Promise<FastifyReply> {
    const [destinataires, lots] = await Promise.all([readDestinataires(db), openLots(db)]);
    return sendPage(
      reply,
      <RejeuxPage
        qui={connexion}
        criteres={criteres}
        refus={refus}
        destinataires={destinataires}
        lots={lots}
      />,
    );
  }

  /** The preview; when there is none to show, the form again, with the reason. */
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    criteres: Criteres,
    refus?: string,
    motif?: string,
  ): Promise<FastifyReply> {
    const lu = filtreOf(criteres);
    if (lu.erreur !== undefined) return ask(request, reply.code(422), criteres, lu.erreur);
    const shown = await previewReplay(db, lu.filtre, acteurOf(request));
    if ("refused" in shown) return ask(request, reply.code(422), criteres, refus ?? shown.refused);
    return sendPage(
      reply,
      <ApercuPage
        qui={request.connexion}
        criteres={criteres}
        apercu={shown.done}
        seuil={seuilRejeu}
        refus={refus}
        {...(motif === undefined ? {} : { motif })}
      />,
    );
  }

  async function follow(request: OfLot, reply: FastifyReply, refus?: string) {
    const lot = await readLot(db, numero(request));
    if (lot === undefined) return reply.callNotFound();
    return sendPage(
      reply,
      <LotPage qui={request.connexion} moi={acteurOf(request)} lot={lot} refus={refus} />,
    );
  }
}

const numero = ({ params }: OfLot): number => (/^\d{1,15}$/.test(params.lot) ? Number(params.lot) : 0);
