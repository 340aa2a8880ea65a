import fc from "fast-check";
import type { Knex } from "knex";
import { expect, test } from "vitest";
import {
  attach,
  cancelRequest,
  chooseStructure,
  decideRequest,
  detach,
  type Gerant,
  PROFILS_PAR_TYPE,
  type ProfilDeStructure,
  readPlace,
  requestAttachment,
  setStructureOuverte,
} from "../../src/catalogue/index.ts";
import { loadStructures } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { unCompte } from "../support/structures.ts";

/** Whatever is asked, agreed to, ended, closed or chosen in whatever order: what somebody may do is what the model says. */
const database = useDatabase();
const ADMIN: Gerant = { acteur: "compte:chef", administrateur: true };

const STRUCTURES = { OF1: "organisme", OF2: "organisme", REGION: "financeur", AGENCE: "agence" } as const;
type Numero = keyof typeof STRUCTURES;
const NOMS: Readonly<Record<Numero, string>> = {
  AGENCE: "Cap Métiers",
  OF1: "Organisme OF1",
  OF2: "Organisme OF2",
  REGION: "Région",
};

interface Model {
  /** `OF1 general` → where it stands. */
  readonly etats: Map<string, "demande" | "actif">;
  readonly fermees: Set<Numero>;
  choisie: Numero | undefined;
  compteFerme: boolean;
}

const cleOf = (structure: Numero, profil: ProfilDeStructure): string => `${structure} ${profil}`;
const permis = (structure: Numero, profil: ProfilDeStructure): boolean =>
  PROFILS_PAR_TYPE[STRUCTURES[structure]].includes(profil);

/** For whom the person acts, and as what. */
function expected({ etats, fermees, choisie, compteFerme }: Model) {
  if (compteFerme) return undefined;
  const mine = (Object.keys(NOMS) as Numero[])
    .filter((numero) => !fermees.has(numero))
    .flatMap((numero) => {
      const profils = PROFILS_PAR_TYPE[STRUCTURES[numero]].filter(
        (profil) => etats.get(cleOf(numero, profil)) === "actif",
      );
      if (profils.length === 0) return [];
      const role = { organisme: "of", financeur: "financeur", agence: "controle" }[STRUCTURES[numero]];
      const lit = profils.every((profil) => profil === "preinscription");
      return [{ structure: numero, role: lit ? "lecteur_of" : role }];
    })
    .sort((a, b) => NOMS[a.structure].localeCompare(NOMS[b.structure]));
  return mine.find(({ structure }) => structure === choisie) ?? mine[0];
}

const zNumero = fc.constantFrom(...(Object.keys(STRUCTURES) as Numero[]));
const zProfil = fc.constantFrom("catalogue", "preinscription", "general", "financeur", "controleur" as const);
const zPas = fc.record({
  acte: fc.constantFrom(
    "demander",
    "annuler",
    "accorder",
    "refuser",
    "rattacher",
    "retirer",
    "fermer",
    "rouvrir",
    "choisir",
    "compte",
  ),
  structure: zNumero,
  profil: zProfil,
});

test("attachments follow their model", async () => {
  const { db } = database;
  await loadStructures(db);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(zPas, { minLength: 4, maxLength: 14 }), async (pas) => {
      await db("structure").update({ disabled_at: null });
      runs += 1;
      const who = await unCompte(db, `anne${runs}`);
      const model: Model = { etats: new Map(), fermees: new Set(), choisie: undefined, compteFerme: false };
      for (const one of pas) {
        const agreed = await play(db, who, one);
        expect({ ...one, agreed }).toEqual({ ...one, agreed: predict(model, one) });
        const place = await readPlace(db, who.personne);
        const seen = place && { structure: place.auteur.structure, role: place.auteur.role };
        expect({ ...one, seen }).toEqual({ ...one, seen: expected(model) });
      }
    }),
    { numRuns: 20 },
  );
});

type Pas = typeof zPas extends fc.Arbitrary<infer P> ? P : never;

/** Changes the model; says whether the act is agreed to. */
function predict(model: Model, { acte, structure, profil }: Pas): boolean {
  const cle = cleOf(structure, profil as ProfilDeStructure);
  const etat = model.etats.get(cle);
  const set = (agreed: boolean, next: "demande" | "actif" | undefined): boolean => {
    if (agreed && next === undefined) model.etats.delete(cle);
    else if (agreed && next !== undefined) model.etats.set(cle, next);
    return agreed;
  };
  switch (acte) {
    case "demander":
      return set(
        permis(structure, profil as ProfilDeStructure) && etat === undefined && !model.fermees.has(structure),
        "demande",
      );
    case "annuler":
    case "refuser":
      return set(etat === "demande", undefined);
    case "accorder":
      return set(etat === "demande", "actif");
    case "rattacher":
      return set(permis(structure, profil as ProfilDeStructure), "actif");
    case "retirer":
      return set(etat === "actif", undefined);
    case "fermer": {
      const agreed = !model.fermees.has(structure);
      model.fermees.add(structure);
      return agreed;
    }
    case "rouvrir":
      return model.fermees.delete(structure);
    case "compte":
      model.compteFerme = !model.compteFerme;
      return true;
    default: {
      const open = { ...model, choisie: structure };
      const agreed = expected(open)?.structure === structure;
      if (agreed) model.choisie = structure;
      return agreed;
    }
  }
}

async function play(
  db: Knex,
  { compte, personne }: Awaited<ReturnType<typeof unCompte>>,
  { acte, structure, profil: asked }: Pas,
): Promise<boolean> {
  const profil = asked as ProfilDeStructure;
  const open = await db("rattachement")
    .where({ compte_id: compte.id, structure, profil })
    .whereIn("etat", ["demande", "actif"])
    .first("id");
  const id = Number(open?.id ?? 0);
  const done = async (): Promise<object> => {
    switch (acte) {
      case "demander":
        return requestAttachment(db, compte, { structure, profil });
      case "annuler":
        return cancelRequest(db, compte, id);
      case "accorder":
        return decideRequest(db, ADMIN, id, { accord: true });
      case "refuser":
        return decideRequest(db, ADMIN, id, { accord: false, motif: "Non" });
      case "rattacher":
        return attach(db, ADMIN, { identifiant: compte.identifiant, structure, profil });
      case "retirer":
        return detach(db, ADMIN, id);
      case "fermer":
      case "rouvrir":
        return setStructureOuverte(db, ADMIN, structure, acte === "rouvrir");
      case "compte":
        await db.raw(
          "UPDATE compte SET disabled_at = CASE WHEN disabled_at IS NULL THEN horloge() END WHERE id = ?",
          [compte.id],
        );
        return {};
      default:
        return (await chooseStructure(db, personne, structure)) ? {} : { refus: "" };
    }
  };
  return !("refus" in (await done()));
}
