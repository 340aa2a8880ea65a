import type { Knex } from "knex";
import { consigneOf, readAlerts } from "../../../alert/index.ts";
import { abandons, type Constat, partenairesArretes, retards, retenues } from "../../../cron/index.ts";
import { listDeliveries, openLots } from "../../../delivery/index.ts";
import { openHolds } from "../../../snapshot/index.ts";
import { compte, nombre } from "../format.ts";
import { type Lien, lienDe } from "./liens.ts";

/** Something that waits for a person now. */
export interface AFaire {
  readonly texte: string;
  readonly lien: Lien;
}

/** There is one held delivery per partner at most. */
const MOST_HELD = 500;

/** What needs a person now, as it is now: alerts are only raised every few minutes. */
export async function readAFaire(db: Knex): Promise<AFaire[]> {
  const [lots, gardes, held, alertes, ...looked] = await Promise.all([
    openLots(db),
    openHolds(db),
    listDeliveries(db, { etats: ["held"] }, { limit: MOST_HELD }),
    readAlerts(db, { closed: false }),
    ...[partenairesArretes, abandons, retenues, retards].map((look) => look(db)),
  ]);
  const constats: readonly Constat[] = looked.flat();
  const seen = new Set([...constats.map(({ cle }) => cle), ...gardes.map(({ profil }) => `garde:${profil}`)]);
  const byHand = held.filter(({ retenue }) => retenue === "operateur").length;
  return [
    ...lots
      .filter(({ etat }) => etat === "a_valider")
      .map(({ id, acteur, envois }) => ({
        texte: `Le rejeu n° ${id}, ${compte(envois, "envoi")}, demandé par ${acteur}, attend l'accord d'une seconde personne.`,
        lien: { vers: `/rejeux/${id}`, texte: "Le rejeu" },
      })),
    ...gardes.map(({ profil, nom, sansCause, avant }) => ({
      texte: `Le flux ${nom} est retenu : ${nombre(sansCause)} de ses ${nombre(avant)} sessions disparaîtraient sans cause enregistrée.`,
      lien: { vers: `/garde/${profil}`, texte: "Décider" },
    })),
    ...constats.map(({ cle, message, detail = {} }) => ({
      texte: message,
      lien: lienDe({ code: "", cle, detail }) ?? TOUTES,
    })),
    ...alertes
      .filter(({ cle }) => !seen.has(cle))
      .map((alerte) => ({
        texte: `${consigneOf(alerte.code).titre}. ${alerte.message}`,
        lien: lienDe(alerte) ?? TOUTES,
      })),
    ...(byHand === 0
      ? []
      : [
          {
            texte:
              byHand === 1
                ? "Une diffusion est retenue par un opérateur."
                : `${nombre(byHand)} diffusions sont retenues par un opérateur.`,
            lien: { vers: "/diffusions?etat=held", texte: "Les voir" },
          },
        ]),
  ];
}

const TOUTES: Lien = { vers: "/alertes", texte: "Que faire" };
