import { createKey, inviteCompte, inviteFirstAdministrator } from "../../src/access/index.ts";
import { openAlert } from "../../src/alert/index.ts";
import type { Outils } from "../../src/cron/index.ts";
import {
  confirmReplay,
  planDeliveries,
  previewReplay,
  setAccuses,
  takeReceipt,
} from "../../src/delivery/index.ts";
import { keyOf } from "../../src/partner/index.ts";
import type { TestDatabase } from "./database.ts";
import { addPartner } from "./diffusion.ts";
import { holdSessions } from "./garde.ts";
import { send, useOffreDiffusee } from "./offreDiffusee.ts";
import { done } from "./operateur.ts";
import { useMade } from "./useMade.ts";

/** Names of what was put there, as they stand in addresses. */
export interface Rempli {
  readonly outils: Outils;
  /** The second feed of `rco`, and the édition that made it. */
  readonly flux: number;
  readonly edition: number;
  /** Deliveries: taken by `reseau` and answered; given up by `moteur`; waiting for `reseau`. */
  readonly acceptee: string;
  readonly abandonnee: string;
  readonly enAttente: string;
  /** A replay that waits for a second person. */
  readonly lot: number;
  /** An account that is still to choose its password, by its link. */
  readonly compte: number;
  readonly invitation: string;
  readonly premier: string;
}

/** The offer that went out (`useOffreDiffusee`) and, on top, one of each thing that a page can show. */
export function useSiteRempli(database: TestDatabase): Rempli {
  const offre = useOffreDiffusee(database);
  return useMade("what fills the site", async () => {
    const { db } = database;
    await db("profil")
      .where({ id: "rco" })
      .update({ definition: db.raw(`definition || '{"acces": "public"}'`) });
    await addPartner(db, "moteur", "rco", {
      type: "https",
      url: "http://127.0.0.1:9/depot",
      auth: { type: "bearer" },
    });
    await createKey(db, { partner: "moteur", nom: "serveur de nuit" }, "console:essai");
    await planDeliveries(db);
    const body = "<erreur>Le champ « lieu » manque.</erreur>";
    const abandonnee = await send(db, "moteur", { kind: "reponse", status: 422, body, cut: false });
    await refusedSession(database);
    await db.transaction((trx) =>
      openAlert(trx, {
        cle: "abandon:moteur",
        code: "diffusion-abandonnee",
        message: "La dernière diffusion pour Partenaire moteur est abandonnée.",
        detail: { partenaire: "moteur", diffusion: abandonnee },
      }),
    );
    await holdSessions(db, "kairos");
    const apercu = done(await previewReplay(db, { ids: [abandonnee] }, "console:une-autre"));
    const { lot } = done(
      await confirmReplay(db, apercu.jeton, {
        acteur: "console:une-autre",
        motif: "serveur réparé",
        seuil: 0,
      }),
    );
    const premier = await inviteFirstAdministrator(db);
    const invite = await inviteCompte(
      db,
      { identifiant: "dominique", nom: "Dominique P.", role: "operateur" },
      "console:essai",
    );
    const compte = await db("compte").where({ identifiant: "dominique" }).first("id");
    const waiting = await db("delivery").where({ partner: "reseau", etat: "scheduled" }).first("id");
    const snapshot = await db("feed_snapshot").where({ id: offre.second }).first("edition_id");
    return {
      outils: { ...offre.outils, keyring: [keyOf(Buffer.alloc(32, 7))] },
      flux: offre.second,
      edition: Number(snapshot?.edition_id),
      acceptee: offre.diffusion,
      abandonnee,
      enAttente: waiting?.id ?? "",
      lot,
      compte: Number(compte?.id),
      invitation: "jeton" in invite ? invite.jeton : "",
      premier,
    };
  });
}

/** `reseau` answers for two sessions, and refuses one of them. */
async function refusedSession({ db }: TestDatabase): Promise<void> {
  await setAccuses(db, "reseau", [
    {
      source: { type: "depose" },
      format: "csv",
      champs: { session: "session", statut: "statut", code: "code", message: "message" },
      statuts: { acquittee: ["ok"], visible: ["visible"], refusee: ["refus"] },
    },
  ]);
  const octets = Buffer.from("session;statut;code;message\nA1-00;refus;30057;durée\nA1-01;visible;;\n");
  await takeReceipt(db, { partner: "reseau", nom: "retour.csv", octets, source: "depose", base: "72" });
}
