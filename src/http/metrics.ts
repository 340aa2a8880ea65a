import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { Gauge, Registry } from "prom-client";
import { sameText } from "../access/index.ts";
import { sendProblem } from "./problem.tsx";

export interface MetricsOptions {
  readonly db: Knex;
  /** What a scraper gives as `Authorization: Bearer`; without it only this machine is answered. */
  readonly token: string | undefined;
}

/**
 * `/metrics`, for Prometheus: read from the database at each scrape, so that every process says the same and a lost
 * queue shows as what it is, a delay.
 */
export function metrics({ db, token }: MetricsOptions) {
  const registry = new Registry();
  const gauges = declare(registry);
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/metrics", async (request, reply) => {
      if (!mayRead(request, token))
        return sendProblem(request, reply, 401, "Les mesures sont réservées : donnez METRICS_TOKEN.");
      await read(db, gauges);
      return reply
        .type(registry.contentType)
        .header("cache-control", "no-store")
        .send(await registry.metrics());
    });
  };
}

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

function mayRead({ headers, socket }: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return sameText(headers.authorization ?? "", `Bearer ${token}`);
  // A proxy on this machine speaks for others.
  return LOOPBACK.test(socket.remoteAddress ?? "") && headers["x-forwarded-for"] === undefined;
}

type Gauges = ReturnType<typeof declare>;

function declare(registry: Registry) {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `offre_info_${name}`, help, labelNames, registers: [registry] });
  return {
    deliveries: gauge("deliveries", "Deliveries by state.", "state"),
    lag: gauge("delivery_lag_seconds", "Since the earliest delivery that is due and has not moved."),
    attempts: gauge(
      "attempts_last_hour",
      "Attempts begun in the last hour and ended, by outcome.",
      "outcome",
    ),
    partners: gauge("partners", "Partners by state.", "state"),
    breakers: gauge("breakers_open", "Partners left alone after repeated failures."),
    alerts: gauge("alerts_open", "Alerts that are open."),
    editionAge: gauge("edition_age_seconds", "Since the clock of the last feed run."),
    editionSeconds: gauge("edition_duration_seconds", "Time that the last feed run took."),
    feedSessions: gauge("feed_sessions", "Sessions in the current feed.", "profile"),
    feedAside: gauge("feed_sessions_set_aside", "Sessions set aside in the current feed.", "profile"),
    outbox: gauge("outbox_pending", "Announcements not taken yet."),
    jobs: gauge("job_last_success_seconds", "Since the last successful run of a job.", "job"),
  };
}

interface Row {
  readonly name: keyof Gauges;
  readonly label: string | null;
  readonly value: number;
}

async function read(db: Knex, gauges: Gauges): Promise<void> {
  const { rows } = await db.raw<{ rows: Row[] }>(MEASURES);
  for (const gauge of Object.values(gauges)) gauge.reset();
  for (const { name, label, value } of rows) {
    const gauge = gauges[name];
    if (label === null) gauge.set(value);
    else gauge.set({ [LABELS[name] ?? "label"]: label }, value);
  }
}

const LABELS: Partial<Readonly<Record<keyof Gauges, string>>> = {
  deliveries: "state",
  attempts: "outcome",
  partners: "state",
  feedSessions: "profile",
  feedAside: "profile",
  jobs: "job",
};

/** States that end are counted over deliveries of the last day: counting all of them would cost more each day. */
const MEASURES = `
  SELECT 'deliveries' AS name, etat AS label, count(*)::float8 AS value FROM delivery
    WHERE etat IN ('scheduled', 'retry', 'held', 'in_flight') OR created_at > horloge() - interval '1 day' GROUP BY etat
  UNION ALL SELECT 'lag', NULL, coalesce(extract(epoch FROM horloge() - min(d.due_at)), 0)::float8
    FROM delivery d JOIN partner p ON p.id = d.partner
    WHERE d.etat IN ('scheduled', 'retry') AND d.snapshot_id IS NOT NULL AND d.due_at < horloge() AND p.etat = 'actif'
  UNION ALL SELECT 'attempts', issue, count(*)::float8 FROM attempt
    WHERE started_at > horloge() - interval '1 hour' AND issue IS NOT NULL GROUP BY issue
  UNION ALL SELECT 'partners', etat, count(*)::float8 FROM partner GROUP BY etat
  UNION ALL SELECT 'breakers', NULL, count(*)::float8 FROM partner WHERE ouvert_jusqua > horloge()
  UNION ALL SELECT 'alerts', NULL, count(*)::float8 FROM alert WHERE closed_at IS NULL
  UNION ALL (SELECT 'editionAge', NULL, extract(epoch FROM horloge() - horloge)::float8
    FROM edition WHERE etat = 'faite' ORDER BY id DESC LIMIT 1)
  UNION ALL (SELECT 'editionSeconds', NULL, extract(epoch FROM finished_at - started_at)::float8
    FROM edition WHERE etat = 'faite' AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1)
  UNION ALL SELECT 'feedSessions', p.id, s.sessions::float8 FROM profil p CROSS JOIN LATERAL
    (SELECT sessions FROM feed_snapshot WHERE profil = p.id ORDER BY id DESC LIMIT 1) s
  UNION ALL SELECT 'feedAside', p.id, s.sessions_ecartees::float8 FROM profil p CROSS JOIN LATERAL
    (SELECT sessions_ecartees FROM feed_snapshot WHERE profil = p.id ORDER BY id DESC LIMIT 1) s
  UNION ALL SELECT 'outbox', NULL, count(*)::float8 FROM outbox WHERE done_at IS NULL
  UNION ALL SELECT 'jobs', j.id, extract(epoch FROM horloge() - r.finished_at)::float8 FROM cron_job j CROSS JOIN LATERAL
    (SELECT finished_at FROM cron_run WHERE job = j.id AND etat = 'faite' ORDER BY slot DESC LIMIT 1) r`;
