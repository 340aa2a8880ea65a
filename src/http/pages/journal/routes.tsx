import type { FastifyInstance } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { readActs } from "../../../audit/index.ts";
import { cronTable, JOBS } from "../../../cron/index.ts";
import { horloge } from "../../../db/index.ts";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { JournalPage } from "./page.tsx";

const SHOWN = 50;

const zRecherche = z.object({ acteur: zTexte, objet: zTexte, id: zTexte, avant: zTexte });

/** The job that checks the chain of the audit. */
const CONTROLE = JOBS.filter(({ id }) => id === "audit");

/** The audit: who did what and why. */
export function journal({ db }: { readonly db: Knex }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/journal", { config: { acces: "lecteur" } }, async ({ connexion, query }, reply) => {
      const { avant, ...recherche } = zRecherche.parse(query);
      const { acteur, objet, id } = recherche;
      const found = await readActs(db, {
        acteur: acteur === "" ? undefined : acteur,
        // A name alone says nothing of its kind: there is no looking for it.
        objet: objet === "" ? undefined : { type: objet, id: id === "" ? undefined : id },
        avant: /^\d{1,15}$/.test(avant) ? Number(avant) : undefined,
        limit: SHOWN + 1,
      });
      const actes = found.slice(0, SHOWN);
      const [controle] = await cronTable(db, CONTROLE, await horloge(db));
      return sendPage(
        reply,
        <JournalPage
          qui={connexion}
          recherche={recherche}
          actes={actes}
          suivant={found.length > SHOWN ? actes.at(-1)?.id : undefined}
          controle={controle?.derniere ?? null}
        />,
      );
    });
  };
}
