import type { FastifyInstance } from "fastify";
import type { Knex } from "knex";
import { type Envoi, readAlerts, readEnvois } from "../../../alert/index.ts";
import { horloge } from "../../../db/index.ts";
import { sendPage } from "../send.ts";
import { AlertesPage } from "./page.tsx";

/** Alerts that are over, shown; the latest ones. */
const SHOWN = 50;

/** Alerts: those open, then those that are over. */
export function alertes({ db }: { readonly db: Knex }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/alertes", { config: { acces: "lecteur" } }, async ({ connexion }, reply) => {
      const [ouvertes, all] = await Promise.all([
        readAlerts(db, { closed: false }),
        readAlerts(db, { closed: true }),
      ]);
      const closes = all.filter(({ closed_at }) => closed_at !== null).slice(0, SHOWN);
      const envois = new Map<number, Envoi[]>();
      for (const envoi of await readEnvois(
        db,
        [...ouvertes, ...closes].map(({ id }) => id),
      ))
        envois.set(envoi.alert_id, [...(envois.get(envoi.alert_id) ?? []), envoi]);
      return sendPage(
        reply,
        <AlertesPage
          qui={connexion}
          maintenant={await horloge(db)}
          ouvertes={ouvertes}
          closes={closes}
          envois={envois}
        />,
      );
    });
  };
}
