import type { FastifyInstance } from "fastify";
import type { Outils } from "../cron/index.ts";
import { accessRoutes } from "./access/plugin.tsx";
import { guardScope, type SessionOptions } from "./access/session.ts";
import { alertes } from "./pages/alertes/routes.tsx";
import { diffusions } from "./pages/diffusions/routes.tsx";
import { flux } from "./pages/flux/routes.tsx";
import { garde } from "./pages/garde/routes.tsx";
import { journal } from "./pages/journal/routes.tsx";
import { notices } from "./pages/notices/routes.tsx";
import { ou } from "./pages/ou/routes.tsx";
import { partenaires } from "./pages/partenaires/routes.tsx";
import { planifications } from "./pages/planifications/routes.tsx";
import { pages } from "./pages/plugin.tsx";
import { rejeux } from "./pages/rejeux/routes.tsx";

export interface SiteOptions extends SessionOptions {
  /** What jobs work with; without it none is run by hand from here. */
  readonly outils?: Outils | undefined;
  /** Files beyond which a second person must agree to a replay; without it, always. */
  readonly seuilRejeu?: number | undefined;
}

/** The site for people: coming in, and pages that each say who may use them. */
export function site(options: SiteOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    await guardScope(app, options);
    await app.register(accessRoutes(options));
    await app.register(pages(options));
    await app.register(diffusions(options));
    await app.register(rejeux(options));
    await app.register(planifications(options));
    await app.register(journal(options));
    await app.register(alertes(options));
    await app.register(garde(options));
    await app.register(ou(options));
    await app.register(flux(options));
    await app.register(partenaires(options));
    await app.register(notices(options));
  };
}
