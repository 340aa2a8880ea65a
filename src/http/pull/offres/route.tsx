import type { FastifyInstance, FastifyRequest } from "fastify";
import { renderToString } from "preact-render-to-string";
import {
  currentSnapshot,
  type OffreLue,
  type OffreVisible,
  offreVisible,
  openLecteur,
  RAISONS,
  sessionPartie,
} from "../../../snapshot/index.ts";
import { METHODS, refuse, sendText } from "../answer.ts";
import type { PullContext } from "../context.ts";
import { publicProfils } from "../feed.ts";
import { jour } from "../jour.ts";
import { jsonLdOf, writtenJsonLd } from "./jsonLd.ts";
import { type Fiche, ficheOf } from "./lecture.ts";
import { OffrePage } from "./page.tsx";

type Request = FastifyRequest<{ Params: { session: string } }>;

const LONGEST = 250;

/** `/offres/<session>`: a page for each session of the public feeds, told from their very bytes. */
export function offresRoute(app: FastifyInstance, context: PullContext): void {
  const { db, base, url } = context;
  app.route({
    method: METHODS,
    url: "/offres/:session",
    async handler(request: Request, reply) {
      const { session } = request.params;
      if (session.length > LONGEST || session.includes("\0")) return reply.callNotFound();
      const profils = await publicProfils(db);
      const visible = await offreVisible(db, profils, session, base);
      const fiche = visible === undefined ? undefined : await readFiche(context, visible);
      if (visible === undefined || fiche === undefined) {
        const depart = await sessionPartie(db, profils, session);
        return refuse(
          request,
          reply,
          depart === undefined
            ? { statut: 404, message: `Aucune offre publiée n'a la session « ${session} ».` }
            : {
                statut: 410,
                message: `La session « ${session} » n'est plus proposée depuis le ${jour(depart.at)} : ${RAISONS[depart.raison]}.`,
              },
        );
      }
      const adresse = url(pathOf(visible.session));
      const html = renderToString(
        <OffrePage
          fiche={fiche}
          lheo={`/flux/${visible.profil}/formation?num=${encodeURIComponent(visible.formation)}`}
          jsonLd={writtenJsonLd(jsonLdOf(fiche, adresse))}
        />,
      );
      return sendText(
        request,
        reply,
        {
          prive: false,
          lastModified: visible.at,
          type: "text/html; charset=utf-8",
          headers: { link: `<${adresse}>; rel="canonical"` },
        },
        `<!doctype html>\n${html}`,
      );
    },
  });
}

/** Path of the page of a session. */
export const pathOf = (session: string): string => `/offres/${encodeURIComponent(session)}`;

async function readFiche(context: PullContext, visible: OffreVisible): Promise<Fiche | undefined> {
  const { db, store, sommaires } = context;
  const { file } = (await currentSnapshot(db, visible.profil)) ?? {};
  if (file == null) return undefined;
  const sommaire = await sommaires.open(file.sha256);
  try {
    for await (const offre of sommaire.offresDe(visible.formation)) {
      if (offre.action !== visible.action) continue;
      const lecteur = await openLecteur(store.pathOf(file.sha256, "xml"));
      const lue: OffreLue = await lecteur.lire(offre).finally(() => lecteur.close());
      return ficheOf(offre, lue);
    }
    return undefined;
  } finally {
    await sommaire.close();
  }
}
