import type { CertificationProposee, Saisies } from "../../../../catalogue/index.ts";
import { idDe } from "../vue.ts";
import { Bouton } from "./choix.tsx";

const VALIDATIONS = [
  { valeur: "totale", texte: "Totale" },
  { valeur: "partielle", texte: "Partielle" },
  { valeur: "mixte", texte: "Mixte" },
];

/** S99–S104: which certifications of the action this session aims at, whole or by blocs. */
export function Visees({
  nom,
  parmi,
  saisies,
}: {
  nom: string;
  parmi: readonly CertificationProposee[];
  saisies: Saisies;
}) {
  const chosen = (saisies.get(nom) ?? []).filter((cle) => cle !== "");
  const others = chosen
    .filter((cle) => !parmi.some((one) => one.cle === cle))
    .map((cle) => ({ cle, intitule: "n'est plus sur l'action", blocs: [] }));
  return (
    <div class="visees">
      <input type="hidden" name={nom} value="" />
      {[...parmi, ...others].map((one) => (
        <Visee
          key={one.cle}
          nom={nom}
          certification={one}
          choisie={chosen.includes(one.cle)}
          saisies={saisies}
        />
      ))}
    </div>
  );
}

function Visee({
  nom,
  certification: { cle, intitule, blocs },
  choisie,
  saisies,
}: {
  nom: string;
  certification: CertificationProposee;
  choisie: boolean;
  saisies: Saisies;
}) {
  const base = `${nom}[${cle}]`;
  const validation = saisies.get(`${base}.validation`)?.[0] ?? "";
  return (
    <div class="visee">
      <Bouton type="checkbox" nom={nom} code={cle} texte={`[${cle}] ${intitule}`} choisi={choisie} />
      {/^RNCP/.test(cle) ? (
        <div class="visee-suite">
          <fieldset>
            <legend>Type de validation des blocs</legend>
            <div class="boutons sur-une-ligne">
              {VALIDATIONS.map(({ valeur, texte }) => (
                <Bouton
                  key={valeur}
                  type="radio"
                  nom={`${base}.validation`}
                  code={valeur}
                  texte={texte}
                  choisi={valeur === validation}
                />
              ))}
            </div>
          </fieldset>
          <Blocs nom={`${base}.blocs`} blocs={blocs} valeurs={saisies.get(`${base}.blocs`) ?? []} />
        </div>
      ) : null}
    </div>
  );
}

function Blocs({
  nom,
  blocs,
  valeurs,
}: {
  nom: string;
  blocs: CertificationProposee["blocs"];
  valeurs: readonly string[];
}) {
  if (blocs.length === 0)
    return (
      <div class="blocs">
        <label for={idDe(nom)}>Blocs visés sur la session</label>
        <small class="aide-du-champ" id={`${idDe(nom)}-aide`}>
          Si la validation est partielle ou mixte : un bloc par ligne, son code puis son intitulé.
        </small>
        <textarea id={idDe(nom)} name={nom} rows={3} aria-describedby={`${idDe(nom)}-aide`}>
          {valeurs[0] ?? ""}
        </textarea>
      </div>
    );
  const others = valeurs
    .filter((code) => code !== "" && !blocs.some((one) => one.code === code))
    .map((code) => ({ code, libelle: "inconnu du registre" }));
  return (
    <fieldset class="blocs">
      <legend>Sélectionnez les blocs visés sur la session</legend>
      <input type="hidden" name={nom} value="" />
      <div class="tuiles">
        {[...blocs, ...others].map(({ code, libelle }) => (
          <Bouton
            key={code}
            type="checkbox"
            nom={nom}
            code={code}
            texte={code}
            aide={libelle}
            choisi={valeurs.includes(code)}
          />
        ))}
      </div>
    </fieldset>
  );
}
