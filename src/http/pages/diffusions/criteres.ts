import { z } from "zod";
import { addDays, parisInstant, parisTime } from "../../../calendar/index.ts";
import { ETATS, type Etat, type Filtre, zFiltre } from "../../../delivery/index.ts";
import { zTexte } from "../texte.ts";

/** Which deliveries, as an address writes it; an empty text asks for nothing. */
export const zCriteres = z.object({
  ids: zTexte,
  partenaire: zTexte,
  etat: zTexte,
  depuis: zTexte,
  jusqua: zTexte,
  issue: zTexte,
  session: zTexte,
});

export type Criteres = z.output<typeof zCriteres>;

/** Scheduled, and their content does not exist yet: a state for people, not for the database. */
export const ANNONCEE = "annoncee";

/** A filter, or what cannot be read in it, in French. */
export type Lu = { readonly filtre: Filtre; readonly erreur?: undefined } | { readonly erreur: string };

/** Reads the criteria. An announcement is asked for beside the states. */
export function filtreOf(criteres: Criteres): Lu {
  const { ids, partenaire, etat, depuis, jusqua, issue, session } = criteres;
  if (etat !== "" && etat !== ANNONCEE && !isEtat(etat)) return { erreur: `État « ${etat} » inconnu.` };
  const from = instantOf(depuis, "debut");
  const to = instantOf(jusqua, "fin");
  const unread = from === null ? depuis : to === null ? jusqua : undefined;
  if (unread !== undefined)
    return { erreur: `Date « ${unread} » illisible : attendu 2026-11-24 ou 2026-11-24T20:00.` };
  return {
    filtre: zFiltre.parse({
      ids: ids === "" ? undefined : ids.split(",").map((id) => id.trim()),
      partenaires: list(partenaire),
      etats: etat === "" || etat === ANNONCEE ? undefined : [etat],
      annoncee: etat === ANNONCEE ? true : undefined,
      depuis: from ?? undefined,
      jusqua: to ?? undefined,
      issues: list(issue),
      session: session === "" ? undefined : session,
    }),
  };
}

const isEtat = (text: string): text is Etat => ETATS.some((etat) => etat === text);
const list = (text: string): string[] | undefined => (text === "" ? undefined : [text]);

/**
 * An instant as a date field writes it, in Paris.
 * @param edge a day alone is its first instant, or the one after its last
 * @returns undefined when nothing was asked, null when it is not a date
 */
function instantOf(text: string, edge: "debut" | "fin"): Date | undefined | null {
  if (text === "") return undefined;
  const [, year = "", month = "", day = "", heure] =
    /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d:[0-5]\d|2[0-3]:[0-5]\d)(?::\d{2})?)?$/.exec(text) ?? [];
  const jour = year + month + day;
  if (jour === "" || addDays(jour, 0) !== jour) return null;
  if (heure !== undefined) return parisInstant(jour, heure);
  return parisInstant(edge === "debut" ? jour : addDays(jour, 1));
}

/** An instant as a date field reads it, in Paris: `2026-11-24T20:00`. */
export function champDate(at: Date): string {
  const { jour, heure } = parisTime(at);
  return `${jour.slice(0, 4)}-${jour.slice(4, 6)}-${jour.slice(6)}T${heure.slice(0, 2)}:${heure.slice(2, 4)}`;
}
