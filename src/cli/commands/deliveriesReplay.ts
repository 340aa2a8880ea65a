import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import {
  type Apercu,
  abandonReplay,
  advanceReplay,
  approveReplay,
  confirmReplay,
  type Ligne,
  type Lot,
  type LotItem,
  MOTS_ETAT,
  openLots,
  previewReplay,
  readLot,
} from "../../delivery/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur, agree, done } from "../operateur.ts";
import { bytes, count, EXIT, Failure, instant, print, progress, say, table } from "../output.ts";
import { type FilterOptions, filtreOf } from "./deliveriesFilter.ts";

interface Options extends FilterOptions {
  readonly motif?: string;
  readonly yes?: true;
  readonly lot?: string;
  readonly abandon?: true;
}

/**
 * `offre-info deliveries replay`: shows what would leave, asks, makes it. With `--lot`, goes on with a replay that was
 * confirmed: agrees to it, takes it up again, or gives it up.
 */
export async function replayCommand(ids: readonly string[], options: Options): Promise<void> {
  const context = readContext();
  await withDatabase(openDatabase(context), async ({ db }) => {
    if (options.lot !== undefined) return goOn(db, options.lot, options);
    const filtre = filtreOf(options, ids, await horloge(db));
    const shown = await previewReplay(db, filtre, acteur());
    if ("refused" in shown) {
      for (const lot of await openLots(db)) say(describeLot(lot));
      throw new Failure(shown.refused, EXIT.negative);
    }
    say(describeApercu(shown.done));
    if (shown.done.envois === 0) throw new Failure("Rien ne peut partir.", EXIT.negative);
    const motif = needed(options.motif);
    if (!(await agree(`Rejouer ${count(shown.done.envois)} envoi(s) ?`, options.yes === true))) return;
    const seuil = context.config.replaySecondPerson;
    const { lot, etat } = done(await confirmReplay(db, shown.done.jeton, { acteur: acteur(), motif, seuil }));
    if (etat === "en_cours") return make(db, lot);
    print(
      `Rejeu n° ${lot} : plus de ${count(seuil)} envois, une autre personne doit donner son accord :\n  offre-info deliveries replay --lot ${lot} --motif "…"`,
    );
  });
}

async function goOn(db: Knex, text: string, options: Options): Promise<void> {
  const lot = await readLot(db, /^\d{1,15}$/.test(text) ? Number(text) : 0);
  if (lot === undefined) throw new Failure(`Aucun rejeu ne porte le numéro « ${text} ».`, EXIT.negative);
  say(describeLot(lot));
  if (lot.etat === "fini" || lot.etat === "abandonne") return print(describeItems(lot.items));
  if (options.abandon === true) {
    const motif = needed(options.motif);
    if (!(await agree("Abandonner ce rejeu ?", options.yes === true))) return;
    return print(done(await abandonReplay(db, lot.id, { acteur: acteur(), motif })));
  }
  if (lot.etat === "a_valider") {
    const motif = needed(options.motif);
    say(describeItems(lot.items));
    if (!(await agree("Donner votre accord ?", options.yes === true))) return;
    done(await approveReplay(db, lot.id, { acteur: acteur(), motif }));
  }
  await make(db, lot.id);
}

async function make(db: Knex, lot: number): Promise<void> {
  await advanceReplay(db, lot, { onProgress: progress(`Rejeu n° ${lot}`) });
  const made = await readLot(db, lot);
  if (made !== undefined) print(`Rejeu n° ${lot} fait.\n${describeItems(made.items)}`);
}

function needed(motif: string | undefined): string {
  if (motif !== undefined && motif.trim() !== "") return motif;
  throw new Failure('Donnez un motif, qui reste au journal d\'audit : --motif "…"', EXIT.usage);
}

function describeApercu({ filtre, diffusions, envois, lignes, expireAt }: Apercu): string {
  const etats = filtre.etats?.map((etat) => MOTS_ETAT[etat]).join(", ");
  return [
    table(
      ["destinataire", "diffusions", "départ", "octets", "ce qui part"],
      lignes.map((ligne) => [
        ligne.partner,
        ligne.diffusions.length === 1
          ? (ligne.diffusions[0] ?? "")
          : `${ligne.diffusions.length}, dont ${ligne.diffusions[0]}`,
        departOf(ligne),
        ligne.sort === "refuse" ? "-" : bytes(ligne.octets),
        `${ligne.sort === "refuse" ? "rien : " : ""}${ligne.phrase}${dejaOf(ligne)}`,
      ]),
    ),
    `${count(diffusions)} diffusion(s) à rejouer${etats === undefined ? "" : ` (états : ${etats})`}, ${count(envois)} envoi(s). Aperçu valable jusqu'au ${instant(expireAt)}.`,
  ].join("\n");
}

function dejaOf({ deja }: Ligne): string {
  if (deja.length === 0) return "";
  return ` ; déjà rejouée par ${deja[0]}${deja.length === 1 ? "" : ` et ${deja.length - 1} autre(s)`}`;
}

function departOf(ligne: Ligne): string {
  if (ligne.sort === "refuse") return "-";
  return ligne.depart === undefined ? "à la reprise" : instant(ligne.depart);
}

const LOTS: Readonly<Record<Lot["etat"], string>> = {
  a_valider: "attend l'accord d'une seconde personne",
  en_cours: "en cours",
  fini: "fini",
  abandonne: "abandonné",
};

function describeLot(lot: Lot): string {
  return `Rejeu n° ${lot.id} : ${LOTS[lot.etat]}, ${count(lot.faites)} / ${count(lot.diffusions)} diffusion(s), demandé par ${lot.acteur} le ${instant(lot.confirmed_at)}${lot.motif === null ? "" : ` (${lot.motif})`}`;
}

const RESULTATS = { cree: "nouvelle diffusion", rejoint: "part avec", refuse: "rien" } as const;

type Items = readonly LotItem[];

/** Deliveries shown; the counts tell the rest. */
const SHOWN = 100;

function describeItems(items: Items): string {
  const shown = table(
    ["destinataire", "diffusion", "résultat", "rejeu", "remarque"],
    items
      .slice(0, SHOWN)
      .map((one) => [
        one.partner,
        one.delivery_id,
        resultOf(one),
        one.rejeu === null
          ? "-"
          : `${one.rejeu} (${one.rejeu_etat === null ? "" : MOTS_ETAT[one.rejeu_etat]})`,
        one.motif ?? "",
      ]),
  );
  if (items.length <= SHOWN) return shown;
  const counts = new Map<string, number>();
  for (const one of items) counts.set(resultOf(one), (counts.get(resultOf(one)) ?? 0) + 1);
  const all = [...counts].map(([word, n]) => `${word} : ${count(n)}`).join(", ");
  return `${shown}\n… ${count(items.length)} diffusions en tout : ${all}`;
}

const resultOf = ({ resultat }: LotItem): string => (resultat === null ? "à faire" : RESULTATS[resultat]);
