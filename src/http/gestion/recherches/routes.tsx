import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { z } from "zod";
import { searchCertifications, searchFormacodes, searchFormateurs } from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import type { GestionOptions } from "../options.ts";
import { pour } from "../scope.ts";
import { RECHERCHE_NATIONALE } from "./mots.ts";
import { PageDeRecherche } from "./page.tsx";
import { Certifications, Formacodes, Formateurs } from "./resultats.tsx";

const zQuestion = z.object({
  q: z.string().trim().max(200).catch(""),
  /** Name of the button of each line, when a form asks for its fragment. */
  choix: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional()
    .catch(undefined),
});

/** Whose rights are told: the active structure's, or for who looks at the offer of others the one named. */
const zStructure = z.object({ structure: z.string().max(200).optional().catch(undefined) });

type Choix = string | undefined;

/** One search: where, what for, what it finds and how it shows. */
interface Recherche<T> {
  readonly adresse: string;
  readonly titre: string;
  readonly question: string;
  readonly aide: ComponentChildren;
  readonly chercher: (request: FastifyRequest, q: string) => Promise<readonly T[]>;
  readonly montrer: (trouves: readonly T[], choix: Choix) => VNode;
}

/**
 * What forms look up: certifications (S79), who teaches (S97), subjects (S141). Each address answers a page, a fragment to put
 * under a field (`HX-Request`), or JSON, as it is asked.
 */
export function recherches({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    add(app, {
      adresse: "/gestion/certifications",
      titre: "Chercher une certification",
      question: "Mot-clé, code RNCP, RS ou Certif Info",
      aide: (
        <>
          Par exemple « petite enfance », « RNCP37674 », « 37674 » ou « 112173 ». N'en choisissez que de
          celles que votre organisme délivre : certificateur, ou déclaré à France compétences. Pour vérifier :{" "}
          <a href={RECHERCHE_NATIONALE}>recherche nationale des certifications</a>.
        </>
      ),
      chercher: ({ auteur, query }, q) => {
        const { structure } = zStructure.parse(query);
        const autre = auteur.role === "controle" || auteur.role === "financeur" ? structure : undefined;
        return searchCertifications(db, q, { organisme: autre ?? auteur.structure });
      },
      montrer: (trouves, choix) => <Certifications trouves={trouves} choix={choix} />,
    });
    add(app, {
      adresse: "/gestion/formateurs",
      titre: "Chercher un organisme formateur",
      question: "SIRET ou nom",
      aide: "Ceux que votre structure a déjà saisis viennent en premier, puis les structures et les organismes publiés.",
      chercher: ({ auteur }, q) => searchFormateurs(db, auteur, q),
      montrer: (trouves, choix) => <Formateurs trouves={trouves} choix={choix} />,
    });
    add(app, {
      adresse: "/gestion/formacodes",
      titre: "Chercher un Formacode",
      question: "Mot-clé ou code",
      aide: "Les domaines de formation du Formacode V14, par mot du libellé ou par le début du code.",
      chercher: (_, q) => searchFormacodes(db, q),
      montrer: (trouves, choix) => <Formacodes trouves={trouves} choix={choix} />,
    });
  };
}

function add<T>(app: FastifyInstance, recherche: Recherche<T>): void {
  app.get(recherche.adresse, pour("catalogue.lire"), async (request, reply) => {
    const { q, choix } = zQuestion.parse(request.query);
    const trouves = q === "" ? [] : await recherche.chercher(request, q);
    reply.header("vary", "Accept, HX-Request");
    if (wantsJson(request)) return reply.header("cache-control", "no-store").send({ q, trouves });
    const resultats = q === "" ? null : recherche.montrer(trouves, choix);
    if (request.headers["hx-request"] === "true") return sendFragment(reply, resultats);
    const { titre, question, aide } = recherche;
    return sendPage(
      reply,
      <PageDeRecherche
        qui={request.connexion}
        place={request.place}
        titre={titre}
        question={question}
        aide={aide}
        q={q}
      >
        {resultats}
      </PageDeRecherche>,
    );
  });
}

function wantsJson({ headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? "";
  return accept.includes("application/json") && !accept.includes("text/html");
}

function sendFragment(reply: FastifyReply, fragment: VNode | null): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .send(fragment === null ? "" : renderToString(fragment));
}
