import type { FastifyInstance } from "fastify";
import { createVerificateur, type Verificateur } from "../catalogue/index.ts";
import type { Outils } from "../cron/index.ts";
import type { Queue } from "../queue/index.ts";
import { accessRoutes } from "./access/plugin.tsx";
import { guardScope, type SessionOptions } from "./access/session.ts";
import { api } from "./api/plugin.ts";
import { direct, type Rythme } from "./direct/routes.ts";
import { fileAttente } from "./fileAttente/plugin.tsx";
import { gestion } from "./gestion/index.ts";
import { alertes } from "./pages/alertes/routes.tsx";
import { monCompte } from "./pages/comptes/monCompteRoutes.tsx";
import { comptes } from "./pages/comptes/routes.tsx";
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
  /** Address of the site seen from outside; without it, where the server listens. */
  readonly publicUrl?: string | undefined;
  /** The queue of this process, once it is open. */
  readonly file?: (() => Queue | undefined) | undefined;
  /** Checks the forms of the catalogue; one of the site's own when not given. */
  readonly verificateur?: Verificateur | undefined;
  /** Where an OF writes to the team that controls the catalogue. */
  readonly contact?: string | undefined;
  /** How often what pages follow is looked at. */
  readonly rythme?: Rythme | undefined;
}

/** The site for people: coming in, and pages that each say who may use them. */
export function site(options: SiteOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const base = options.outils?.base ?? "";
    const verificateur = options.verificateur ?? createVerificateur({ base });
    if (options.verificateur === undefined) app.addHook("onClose", () => verificateur.close());
    await app.register(api({ db: options.db, verificateur, publicUrl: options.publicUrl }));
    await app.register(people(options, { base, verificateur }));
  };
}

/** What people see, in a scope that knows them by their cookie. */
function people(
  options: SiteOptions,
  { base, verificateur }: { readonly base: string; readonly verificateur: Verificateur },
) {
  return async (app: FastifyInstance): Promise<void> => {
    await guardScope(app, options);
    const suivi = direct(app, options);
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
    await app.register(partenaires({ ...options, suivi }));
    await app.register(notices(options));
    await app.register(comptes(options));
    await app.register(monCompte(options));
    await app.register(fileAttente(options));
    await app.register(
      gestion({
        ...options,
        base,
        verificateur,
        store: options.outils?.store,
      }),
    );
  };
}
