import { type Entree, numeroAction, numeroFormation, numeroSession } from "../../feed/index.ts";
import type { Action, Organisme, Session } from "../../published/contract/index.ts";
import { partagerModalites } from "../communs.ts";
import type { Fiche } from "../offre.ts";
import { normaliseAction } from "./action.ts";
import { normaliseModalites } from "./modalites.ts";
import { normaliseOrganisme } from "./organisme.ts";
import { normaliseSession } from "./session.ts";
import { dates, sansDatesDeduites } from "./suivi.ts";
import { normaliseTelQuel } from "./valeurs.ts";

/** The records of one offer, as an import gives them. */
export interface OffreNormale {
  readonly organisme: Fiche<Organisme>;
  readonly action: Fiche<Action>;
  /** In the order of the feed. */
  readonly sessions: readonly Fiche<Session>[];
}

/**
 * What an offer is once it has been through the feed and back: `import(feed(x)) = normalise(x)`. Said here without
 * the feed, field by field, and in `docs/normalise.md` in words. It loses nothing that the feed says:
 * `feed(normalise(x)) = feed(x)`, and it is idempotent.
 */
export function normalise(entree: Entree, { base }: { readonly base: string }): OffreNormale {
  const organisme = normaliseOrganisme(entree.organisme, base);
  const numero = numeroFormation(base, entree.action);
  const sessions = entree.sessions.toSorted((a, b) => (a.numero < b.numero ? -1 : 1));
  const { communes, propres } = partagerModalites(
    sessions.map(({ contenu }) => normaliseModalites(entree.action.contenu, contenu)),
  );
  return {
    organisme,
    action: {
      numero,
      contenu: {
        ...normaliseAction(entree, organisme),
        ...dates(entree.action),
        numero_lheo: numero,
        conventionnee: communes.conventionnement === true,
        modalites: communes,
      },
    },
    sessions: sessions.map((version, rank) => ({
      numero: numeroSession(version),
      contenu: {
        ...normaliseSession(version.contenu, entree, organisme),
        ...dates(version),
        numero_lheo: numeroSession(version),
        numero_action_lheo: numeroAction(base, version),
        action: numero,
        modalites: propres[rank] ?? {},
        tel_quel: normaliseTelQuel(sansDatesDeduites(version, entree.action)),
      },
    })),
  };
}
