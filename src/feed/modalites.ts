import type { Modalites, Session } from "../published/contract/index.ts";

/** Hours say one thing together: a session that gives its own takes none of the action's. */
const HEURES = [
  "heures_par_modalite",
  "nombre_heures_centre",
  "nombre_heures_entreprise",
  "nombre_heures_total",
] as const satisfies readonly (keyof Modalites)[];

const dit = (modalites: Partial<Modalites>, field: keyof Modalites): boolean =>
  modalites[field] !== undefined && modalites[field] !== null;

/**
 * How this session is run: what it says itself, over what the action says for all of them. The action's own object
 * when the session overrides nothing, which is the rule.
 */
export function modalitesDeSession(action: Modalites, session: Session["modalites"]): Modalites {
  let own = false;
  for (const field in session) own ||= dit(session, field as keyof Modalites);
  if (!own) return action;
  const fields = (Object.keys(session) as (keyof Modalites)[]).filter((field) => dit(session, field));
  const base: Modalites = { ...action };
  if (HEURES.some((field) => dit(session, field))) for (const field of HEURES) delete base[field];
  return { ...base, ...Object.fromEntries(fields.map((field) => [field, session[field]])) };
}
