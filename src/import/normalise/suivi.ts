import { parisDay } from "../../lheo/index.ts";
import type { Action, Session, TelQuel, Version } from "../../published/contract/index.ts";

/** AAAAMMJJ: those of the source, else the days of the mise en ligne. */
export function dates({
  contenu,
  premiereMiseEnLigneAt,
  misEnLigneAt,
}: Version<Pick<Action, "datecrea" | "datemaj">>): { datecrea: string; datemaj: string } {
  return {
    datecrea: contenu.datecrea ?? parisDay(premiereMiseEnLigneAt),
    datemaj: contenu.datemaj ?? parisDay(misEnLigneAt),
  };
}

/** The dates of an LHEO `action` are kept where they are not those of its session and its action. */
export function sansDatesDeduites(session: Version<Session>, action: Version<Action>): TelQuel {
  const [propres, deLAction] = [dates(session), dates(action)];
  const deduites: Readonly<Record<string, string>> = {
    datecrea: propres.datecrea,
    datemaj: propres.datemaj > deLAction.datemaj ? propres.datemaj : deLAction.datemaj,
  };
  return session.contenu.tel_quel.map((entry) => {
    if (entry.chemin !== "" || entry.attributs === undefined) return entry;
    const attributs = Object.entries(entry.attributs).filter(([name, value]) => deduites[name] !== value);
    const { attributs: _, ...reste } = entry;
    return attributs.length === 0 ? reste : { ...reste, attributs: Object.fromEntries(attributs) };
  });
}
