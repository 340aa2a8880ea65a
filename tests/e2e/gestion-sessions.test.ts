import { beforeEach, describe, expect, test } from "vitest";
import { readSessions, saveAction } from "../../src/catalogue/index.ts";
import {
  done,
  lire,
  loadStructures,
  OF,
  saisieAction,
  saisieSession,
  uneFiche,
  uneFichePubliee,
} from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { entrer, type PageAvecFormulaire } from "../support/formulaire.ts";
import { actionComplete, sessionComplete } from "../support/saisie.ts";
import { texte, useSite } from "../support/site.ts";

const database = useDatabase();
const site = useSite(database);
let anne: Awaited<ReturnType<typeof entrer>>;

beforeEach(async () => {
  await database.clear();
  await loadStructures(database.db);
  anne = await entrer(site, "anne");
});

const idIn = ({ adresse }: PageAvecFormulaire): number => Number(/\/(\d+)/.exec(adresse)?.[1]);

describe("sessions of an action", () => {
  test("table, filter, copy, withdrawal with its reason, the last one (S92, S129–S138, H5)", async () => {
    const { id, sessions } = await uneFichePubliee(database.db, {
      sessions: [saisieSession(), saisieSession({ debut: "20280104", fin: "20280108" })],
    });
    const base = `/gestion/actions/${id}`;
    const { html } = await anne.ouvrir(`${base}?filtre=20280104`);
    expect(html).toContain(`/gestion/sessions/${sessions[1]}"`);
    expect(html).not.toContain(`/gestion/sessions/${sessions[0]}"`);

    const copy = await anne.presser(`/gestion/sessions/${sessions[1]}/dupliquer`);
    expect(copy.champs.get("debut")).toBe("04/01/2028");
    expect(texte((await anne.ouvrir(`/gestion/sessions/${idIn(copy)}/retirer`)).html)).toContain(
      "effacée aussitôt",
    );
    await anne.presser(`/gestion/sessions/${idIn(copy)}/supprimer`);

    const asked = await anne.ouvrir(`/gestion/sessions/${sessions[0]}/retirer`);
    expect(texte(asked.html)).toContain("dites pourquoi vous la retirez");
    expect((await anne.presser(`/gestion/sessions/${sessions[0]}/retirer`)).status).toBe(409);
    const gone = await anne.presser(`/gestion/sessions/${sessions[0]}/retirer`, { motif: "Annulée" });
    expect(texte(gone.html)).toContain("quitte les flux");
    const last = await anne.ouvrir(`/gestion/sessions/${sessions[1]}/retirer`);
    expect(texte(last.html)).toContain("C'est la dernière session");
    expect(last.html).toContain(`${base}/archiver`);
  });

  test("a session of an online action is validated and published alone (S128)", async () => {
    const { id, sessions } = await uneFichePubliee(database.db, {
      contenu: actionComplete(),
      sessions: [sessionComplete()],
    });
    let page = await anne.ouvrir(`/gestion/sessions/${sessions[0]}`);
    page = await anne.envoyer(page, { commentaire: "Nouveau" }, { vers: "/valider" });
    expect([page.status, texte(page.html)]).toEqual([200, expect.stringContaining("Rien ne s'oppose")]);
    page = await anne.envoyer(page, {}, { vers: "/confirmer" });
    expect(texte(page.html)).toContain("La session est publiée");
    const { rows } = await database.db.raw(
      "SELECT contenu->>'commentaire' AS c FROM published_session ORDER BY version DESC LIMIT 1",
    );
    expect([rows[0].c, (await lire(database.db, id)).etat]).toEqual(["Nouveau", "publiee"]);
  });

  test("several in one go, seen before they are created; those that exist are not made twice", async () => {
    const { id } = await uneFichePubliee(database.db, {
      sessions: [sessionComplete({ fin: "20270108" })],
    });
    const adresse = `/gestion/actions/${id}/sessions/fabrique`;
    let page = await anne.ouvrir(adresse);
    const saisie = {
      periodes: "04/01/2027 au 08/01/2027\r\ndu 1/2/2027 au 5/2/2027\r\n12 mars 2027",
      voies: ["formation_continue", "professionnalisation"],
      lieu_voie: "1 place du Marché",
      lieu_code_postal: "40100",
      lieu_ville: "Dax",
    };
    page = await anne.envoyer(page, saisie, { bouton: "apercu" });
    expect(texte(page.html)).toContain("12 sessions prévues");
    expect(texte(page.html)).toContain("Existe déjà");
    page = await anne.envoyer(page, {}, { bouton: "creer" });
    expect(texte(page.html)).toContain("11 sessions sont créées");
    const { sessions } = await readSessions(database.db, OF, id, { limit: 50 });
    expect(
      new Set(
        sessions.map(
          ({ contenu }) =>
            `${contenu.voie} ${contenu.debut} ${contenu.lieux?.[0]?.coordonnees.adresse?.ville}`,
        ),
      ).size,
    ).toBe(12);
    const wrong = await anne.envoyer(
      await anne.ouvrir(adresse),
      { periodes: "bientôt" },
      { bouton: "apercu" },
    );
    expect([wrong.status, texte(wrong.html)]).toEqual([
      422,
      expect.stringContaining("« bientôt » n'est pas une période"),
    ]);
  });

  test("annual sessions are opened again for the next year, once (S106)", async () => {
    const { id } = await uneFichePubliee(database.db, {
      sessions: [
        sessionComplete({ debut: "20270101", fin: "20271231", type_entree: "permanentes" }),
        sessionComplete(),
      ],
    });
    const adresse = `/gestion/actions/${id}/sessions/reconduire`;
    const page = await anne.ouvrir(adresse);
    expect(texte(page.html)).toContain("01/01/2028 au 31/12/2028");
    expect(page.champs.getAll("garder")).toHaveLength(1);
    const over = await anne.presser(adresse, { garder: page.champs.get("garder") ?? "" });
    expect(texte(over.html)).toContain("1 session est créée");
    expect(texte((await anne.ouvrir(adresse)).html)).toContain("Existe déjà");
  });
});

describe("ways out", () => {
  test("archiving and abandoning act on the action and its sessions (S43, S120)", async () => {
    const { id } = await uneFichePubliee(database.db);
    const base = `/gestion/actions/${id}`;
    const fiche = await lire(database.db, id);
    done(
      await saveAction(database.db, OF, id, {
        revision: fiche.revision,
        contenu: saisieAction({ intitule: "Autre" }),
      }),
    );
    await anne.presser(`${base}/abandonner`);
    expect((await lire(database.db, id)).contenu.intitule).toBe("Conduire un chariot élévateur");
    expect((await anne.presser(`${base}/archiver`)).status).toBe(409);
    await anne.presser(`${base}/archiver`, { motif: "Plus proposée" });
    const page = await anne.ouvrir(base);
    expect(texte(page.html)).toContain("Lecture seule.");
    expect(page.champs.size).toBe(0);
  });

  test("a draft is erased without a reason", async () => {
    const { id } = await uneFiche(database.db);
    await anne.presser(`/gestion/actions/${id}/supprimer`);
    expect((await anne.ouvrir(`/gestion/actions/${id}`)).status).toBe(404);
  });
});
