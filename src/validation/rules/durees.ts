import { firstDay, type Leaf, lastDay, textOf } from "../../lheo/index.ts";
import { type Action, type Constats, texte } from "./constats.ts";
import { extraDe, extrasDe } from "./extras.ts";

/** More than three years full time. */
const MOST_HOURS = 6000;
/** Nobody is taught more than this in a day. */
const MOST_PER_DAY = 14;

/** Hours of the action: they add up, and fit in the dates. */
export function checkDurees(constats: Constats, action: Action): void {
  const total = heures(action["nombre-heures-total"]);
  const centre = heures(action["nombre-heures-centre"]);
  const entreprise = heures(action["nombre-heures-entreprise"]);
  const path = "nombre-heures-total";
  if (total !== undefined) {
    const value = String(total);
    const somme = (centre ?? 0) + (entreprise ?? 0);
    const jours = joursDe(action);
    const complet = centre !== undefined && entreprise !== undefined;
    if (complet ? somme !== total : somme > total)
      constats.add("heures-incoherentes", path, { value, attendu: String(somme) });
    if (total === 0 && somme === 0) constats.add("heures-nulles", path, { value });
    else if (total > MOST_HOURS) {
      constats.add("heures-invraisemblables", path, {
        value,
        attendu: `plus de ${MOST_HOURS} heures font plus de trois ans à temps plein`,
      });
    } else if (jours !== undefined && total > jours * MOST_PER_DAY) {
      constats.add("heures-invraisemblables", path, {
        value,
        attendu: `la session ne dure que ${jours} jour${jours > 1 ? "s" : ""}`,
      });
    }
  }
  checkDureeHebdo(constats, action);
}

function heures(leaf: Leaf | undefined): number | undefined {
  const value = textOf(leaf)?.trim();
  return value !== undefined && /^\+?\d{1,6}$/.test(value) ? Number(value) : undefined;
}

/** Civil days of the longest session, undefined when one has no end. */
function joursDe({ session }: Action): number | undefined {
  let most = 0;
  for (const { periode } of session ?? []) {
    const [debut, fin] = [firstDay(texte(periode?.debut)), lastDay(texte(periode?.fin))];
    if (debut === undefined || fin === undefined || fin < debut) return undefined;
    most = Math.max(most, (utc(fin) - utc(debut)) / 86_400_000 + 1);
  }
  return most === 0 ? undefined : most;
}

const utc = (day: string): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)));

/** `extras[@info="duree-hebdo"]`: a national reader takes it for a whole number from 0 to 100. */
function checkDureeHebdo(constats: Constats, { extras }: Action): void {
  const value = extraDe(extrasDe(extras, "duree-hebdo"), "duree-hebdo");
  if (value !== undefined && !/^(?:\d{1,2}|100)$/.test(value)) {
    constats.add("duree-hebdo-illisible", 'extras[@info="duree-hebdo"]/extra', { value });
  }
}

const PRIX = /^\d+(?:\.\d{1,2})?$/;
const PRIX_VIRGULE = /^\d+,\d{1,2}$/;

/** Prices: numbers, that agree with one another. */
export function checkPrix(constats: Constats, action: Action): void {
  const horaire = checkUnPrix(constats, action["prix-horaire-TTC"], "prix-horaire-TTC");
  const total = checkUnPrix(constats, action["prix-total-TTC"], "prix-total-TTC");
  const duree = heures(action["nombre-heures-total"]);
  if (!horaire || !total || !duree) return;
  const calcule = horaire * duree;
  if (Math.abs(calcule - total) > total * 0.25) {
    constats.add("prix-incoherent", "prix-total-TTC", {
      value: String(total),
      attendu: String(Math.round(calcule)),
    });
  }
}

function checkUnPrix(constats: Constats, leaf: Leaf | undefined, path: string): number | undefined {
  const value = textOf(leaf);
  if (value === undefined) return undefined;
  if (PRIX.test(value)) return Number(value);
  if (!PRIX_VIRGULE.test(value)) {
    constats.add("prix-illisible", path, { value });
    return undefined;
  }
  constats.add("prix-virgule", path, { value });
  return Number(value.replace(",", "."));
}
