import path from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import {
  loadCertifications,
  loadFormacodes,
  modeleCsv,
  requestAttachment,
  saveAction,
  tryImport,
} from "../../src/catalogue/index.ts";
import {
  confirmer,
  done,
  lire,
  loadStructures,
  OF,
  saisieAction,
  uneFiche,
  uneFichePubliee,
} from "./catalogue.ts";
import type { TestDatabase } from "./database.ts";
import { actionComplete, sessionComplete } from "./saisie.ts";
import { useMade } from "./useMade.ts";

/** Numbers of what was put in the catalogue, as they stand in addresses. */
export interface GestionRemplie {
  /** A draft full of faults. */
  readonly brouillon: number;
  /** An action online, changed since; and its session. */
  readonly publiee: number;
  readonly session: number;
  /** Numbers under which they are online. */
  readonly reference: string;
  readonly referenceSession: string;
  /** One that waits for the control. */
  readonly soumise: number;
  /** A trial run of an import. */
  readonly essai: number;
}

const REFERENTIELS = fileURLToPath(new URL("../../fixtures/referentiels/", import.meta.url));

/** A catalogue with one of each thing that its pages show. */
export function useGestionRemplie(database: TestDatabase): GestionRemplie {
  return useMade("what fills the catalogue", async () => {
    const { db } = database;
    await loadStructures(db);
    await loadCertifications(db, [path.join(REFERENTIELS, "france-competences")]);
    await loadFormacodes(db, path.join(REFERENTIELS, "formacode-v14.csv"));
    const brouillon = await uneFiche(db, OF, { contenu: { intitule: "Soudage à l'arc" } });
    const complete = { contenu: actionComplete(), sessions: [sessionComplete()] };
    const publiee = await uneFichePubliee(db, complete);
    const { revision } = await lire(db, publiee.id);
    done(await saveAction(db, OF, publiee.id, { revision, contenu: actionComplete({ le_plus: "Neuf" }) }));
    const soumise = await uneFiche(db, OF, {
      contenu: saisieAction({ certifications: [{ code_rncp: "RNCP37674" }] }),
    });
    await confirmer(db, soumise.id);
    const bytes = Readable.from([Buffer.from(modeleCsv())]);
    const essai = done(await tryImport(db, OF, { nom: "offre.csv", bytes }, "non_conventionnee"));
    const [compte] = await db("compte").insert(
      { identifiant: "demandeur", nom: "Dominique D.", role: "membre", mot_de_passe: "aucun" },
      ["id"],
    );
    done(
      await requestAttachment(
        db,
        { id: compte?.id, identifiant: "demandeur" },
        { structure: "OF1", profil: "catalogue" },
      ),
    );
    const enLigne = await db("published_session").first("numero", "action");
    return {
      reference: enLigne?.action ?? "",
      referenceSession: enLigne?.numero ?? "",
      brouillon: brouillon.id,
      publiee: publiee.id,
      session: publiee.sessions[0] ?? 0,
      soumise: soumise.id,
      essai: essai.id,
    };
  });
}
