import {
  type AsRead,
  type OrganismeFormateur,
  type OrganismeFormationResponsable,
  textOf,
} from "../../lheo/index.ts";
import { checkReferences } from "./certifications.ts";
import { type Action, type Constats, chaque, texte } from "./constats.ts";
import { checkContacts, checkCoordonnees } from "./coordonnees.ts";
import { checkNda, checkSiret, checkUai } from "./identifiants.ts";
import { checkNumero } from "./numeros.ts";
import { checkRemplissage, checkTexte } from "./textes.ts";

/** The body that answers for the formation: the holder of the NDA. */
export function checkResponsable(
  constats: Constats,
  organisme: AsRead<OrganismeFormationResponsable> | undefined,
): void {
  if (organisme === undefined) return;
  const path = "organisme-formation-responsable";
  checkNumero(constats, organisme, path, "numero-organisme-absent", "L'organisme responsable");
  if (organisme["numero-activite"] !== undefined) {
    checkNda(constats, texte(organisme["numero-activite"]), `${path}/numero-activite`);
  }
  const siret = textOf(organisme["SIRET-organisme-formation"]?.SIRET);
  if (siret !== undefined) checkSiret(constats, siret, `${path}/SIRET-organisme-formation/SIRET`);
  for (const name of ["nom-organisme", "raison-sociale"] as const) {
    if (organisme[name] !== undefined)
      checkRemplissage(constats, texte(organisme[name]), `${path}/${name}`, name);
  }
  checkCoordonnees(
    constats,
    organisme["coordonnees-organisme"]?.coordonnees,
    `${path}/coordonnees-organisme/coordonnees`,
  );
  checkContacts(constats, organisme["contact-organisme"], `${path}/contact-organisme`);
  if (organisme["renseignements-specifiques"] !== undefined) {
    checkTexte(
      constats,
      texte(organisme["renseignements-specifiques"]),
      `${path}/renseignements-specifiques`,
      "renseignements-specifiques",
    );
  }
  checkUai(
    constats,
    textOf(organisme["code-UAI-organisme-formation"]?.["code-UAI"]),
    `${path}/code-UAI-organisme-formation/code-UAI`,
  );
}

/** Who teaches (S97): a national reader drops an action that does not say it. */
export function checkFormateurs(constats: Constats, action: Action, annoncees: ReadonlySet<string>): void {
  const formateurs = action["organisme-formateur"] ?? [];
  if (formateurs.length === 0) constats.add("formateur-absent", "organisme-formateur");
  if (formateurs.length > 1)
    constats.add("formateur-multiple", "organisme-formateur", { value: String(formateurs.length) });
  chaque(formateurs, "organisme-formateur", (formateur, path) =>
    checkFormateur(constats, formateur, annoncees, path),
  );
}

function checkFormateur(
  constats: Constats,
  formateur: AsRead<OrganismeFormateur>,
  annoncees: ReadonlySet<string>,
  path: string,
): void {
  const siret = textOf(formateur["SIRET-formateur"]?.SIRET);
  if (siret !== undefined) checkSiret(constats, siret, `${path}/SIRET-formateur/SIRET`);
  const name = "raison-sociale-formateur";
  if (formateur[name] !== undefined)
    checkRemplissage(constats, texte(formateur[name]), `${path}/${name}`, name);
  checkContacts(constats, formateur["contact-formateur"], `${path}/contact-formateur`);
  checkUai(
    constats,
    textOf(formateur["code-UAI-formateur"]?.["code-UAI"]),
    `${path}/code-UAI-formateur/code-UAI`,
  );
  checkReferences(
    constats,
    formateur["reference-certification"],
    annoncees,
    `${path}/reference-certification`,
  );
}
