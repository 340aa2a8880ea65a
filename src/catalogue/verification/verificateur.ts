import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { readProfils } from "../../partner/index.ts";
import { startXsd, type Xsd } from "../../validation/index.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import { organismeOf } from "../structures/structure.ts";
import { constatsDuFlux, fusionnerParChamp } from "./constats.ts";
import { readFiches } from "./entree.ts";
import { checkGuideAction } from "./guide/action.ts";
import { checkRegistre } from "./guide/certifications.ts";
import type { ActionLue } from "./guide/releve.ts";
import { checkSemblables } from "./guide/semblables.ts";
import { checkGuideSession } from "./guide/session.ts";
import { verdictsDesPartenaires } from "./partenaires.ts";
import { readRegistre } from "./registre.ts";
import { checkAsFeed } from "./regles.ts";
import type { Verificateur, Verification } from "./verification.ts";

/**
 * What checks the forms. It holds a thread for the schema, from the first form on: a site whose forms nobody opens does not
 * need it. Close it.
 * @param base number of our base in the national feed, as the feed writes it
 */
export function createVerificateur({ base }: { readonly base: string }): Verificateur {
  let xsd: Xsd | undefined;
  return {
    verify(db, fiches) {
      xsd ??= startXsd();
      return verify(db, xsd, base, fiches);
    },
    close: async () => xsd?.close(),
  };
}

async function verify(
  db: Knex,
  xsd: Xsd,
  base: string,
  {
    action,
    sessions,
    autresSessions = false,
  }: {
    readonly action: FicheAction;
    readonly sessions: readonly FicheSession[];
    readonly autresSessions?: boolean;
  },
): Promise<Verification> {
  const [organisme, maintenant, profils] = await Promise.all([
    organismeOf(db, action.structure),
    horloge(db),
    readProfils(db),
  ]);
  const codes = [action.contenu.certifications, ...sessions.map(({ contenu }) => contenu.certifications)];
  const [registre, semblables] = await Promise.all([
    readRegistre(
      db,
      action.structure,
      codes.flatMap((list) => list ?? []),
      maintenant,
    ),
    checkSemblables(db, action, sessions),
  ]);
  const lues = readFiches(action, sessions, organisme, registre, maintenant);
  const dits = await checkAsFeed(xsd, lues.entree, { base, maintenant });

  const actionLue: ActionLue = {
    contenu: action.contenu,
    organisme,
    fiche: { genre: "action", id: action.id },
  };
  const deLAction = checkGuideAction(actionLue, registre.certifications);
  checkRegistre(
    actionLue,
    sessions.map(({ contenu }) => contenu),
    registre,
    deLAction,
  );
  if (sessions.length === 0 && !autresSessions) deLAction.add("action-sans-session", "sessions");
  const desSessions = sessions.flatMap(
    ({ id, contenu }) => checkGuideSession(actionLue, { contenu, fiche: { genre: "session", id } }).constats,
  );

  const guide = [...deLAction.constats, ...desSessions, ...semblables];
  const constats = fusionnerParChamp(
    guide.filter(({ code }) => code === "champ-obligatoire"),
    [...guide.filter(({ code }) => code !== "champ-obligatoire"), ...constatsDuFlux(dits, lues, action)],
  );
  return {
    constats,
    bloquante: constats.some(({ severity }) => severity === "bloquant"),
    partenaires: verdictsDesPartenaires(profils, lues, constats, action, maintenant),
  };
}
