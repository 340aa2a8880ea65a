import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  addFormacode,
  askComplement,
  countFileDeControle,
  examineAction,
  publishAction,
  readAction,
  readFileDeControle,
  releaseControl,
  TYPES_DE_CONTROLE,
  takeControl,
} from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import { zTexte } from "../../pages/texte.ts";
import { zId } from "../id.ts";
import { readPassagesSignes } from "../listes/historiqueData.ts";
import type { GestionOptions } from "../options.ts";
import { membreOf, pour } from "../scope.ts";
import { ControlePage } from "./detail.tsx";
import { FilePage } from "./file.tsx";

const PAGE = 25;
/** Passages that are shown with what is to be decided. */
const DERNIERS = 5;

const zFile = z.object({
  type: z.enum(TYPES_DE_CONTROLE).optional().catch(undefined),
  apres: zTexte.transform((text) => {
    const [, echeance, id] = /^(\d{4}-\d\d-\d\d) (\d{1,15})$/.exec(text) ?? [];
    return echeance === undefined || Number.isNaN(Date.parse(echeance))
      ? undefined
      : { echeance, id: Number(id) };
  }),
});

const zRevision = z.object({ revision: zId.transform((revision = 0) => revision) });
const zFormacode = z.object({ ...zRevision.shape, code: zTexte });
/** What the OF will read: line breaks are kept. */
const zMessage = z.object({ message: z.string().catch("") });

type One = FastifyRequest<{ Params: { id: string } }>;
type Done = object;

/** The control: its queue, what it looks at, and its acts. */
export function controle({ db, verificateur }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion/controle", pour("controle"), async (request, reply) => {
      const { auteur } = request;
      const { type, apres } = zFile.parse(request.query);
      const [comptes, file] = await Promise.all([
        countFileDeControle(db, auteur),
        readFileDeControle(db, auteur, { type, apres, limit: PAGE }),
      ]);
      return sendPage(reply, <FilePage {...membreOf(request)} type={type} comptes={comptes} file={file} />);
    });

    app.get("/gestion/controle/:id", pour("controle"), async (request: One, reply) => show(request, reply));

    act("publier", "/gestion/controle", ({ auteur, body }, id) =>
      publishAction(db, verificateur, auteur, id, zRevision.parse(body ?? {})),
    );
    act("complement", "/gestion/controle", ({ auteur, body }, id) =>
      askComplement(db, auteur, id, zMessage.parse(body ?? {}).message),
    );
    act("prendre", undefined, ({ auteur }, id) => takeControl(db, auteur, id));
    act("rendre", undefined, ({ auteur }, id) => releaseControl(db, auteur, id));
    act("formacode", undefined, ({ auteur, body }, id) =>
      addFormacode(db, auteur, id, zFormacode.parse(body ?? {})),
    );

    /** @param vers where the done act leads; the same page when there is none */
    function act(
      nom: string,
      vers: string | undefined,
      work: (request: One, id: number) => Promise<Done>,
    ): void {
      app.post(`/gestion/controle/:id/${nom}`, pour("controle"), async (request: One, reply) => {
        const id = zId.parse(request.params.id);
        if (id === undefined) return reply.callNotFound();
        const done = await work(request, id);
        if ("refus" in done) return show(request, reply.code(409), String(done.refus));
        if ("conflit" in done) return show(request, reply.code(409), CHANGEE);
        return reply.redirect(vers ?? `/gestion/controle/${id}`, 303);
      });
    }

    async function show(request: One, reply: FastifyReply, refus?: string) {
      const { auteur } = request;
      const id = zId.parse(request.params.id);
      if (id === undefined) return reply.callNotFound();
      const examen = await examineAction(db, verificateur, auteur, id);
      if (examen === undefined)
        return (await readAction(db, auteur, id)) === undefined
          ? reply.callNotFound()
          : // Somebody decided meanwhile: its history says who and what.
            reply.redirect(`/gestion/actions/${id}/historique`, 303);
      return sendPage(
        reply,
        <ControlePage
          {...membreOf(request)}
          examen={examen}
          historique={await readPassagesSignes(db, auteur, id, { limit: DERNIERS })}
          refus={refus}
          message={zMessage.parse(request.body ?? {}).message}
        />,
      );
    }
  };
}

const CHANGEE = "La fiche a changé entre-temps : la voici comme elle est maintenant.";
