import type { ComponentChildren } from "preact";
import type { Champ } from "../../../../catalogue/index.ts";
import { nombre } from "../../../pages/format.ts";
import { idDe, type Vue } from "../vue.ts";
import { CertificationsVue } from "./certifications.tsx";
import { Boutons, Cases, Liste } from "./choix.tsx";
import { Dits, Point } from "./dits.tsx";
import { Heures, Rythme } from "./heures.tsx";
import { Visees } from "./visees.tsx";

/** What each way of drawing a field gets. */
interface Dessin {
  readonly champ: Champ;
  readonly nom: string;
  readonly vue: Vue;
}

/** One field: its title, its help, its input, and what is said of it. */
export function ChampVue({ champ, nom, vue }: Dessin) {
  const { saisie } = champ;
  const valeur = vue.saisies.get(nom)?.[0] ?? "";
  switch (saisie.type) {
    case "choix":
      return saisie.forme === "liste" ? (
        <Simple champ={champ} nom={nom} vue={vue}>
          <Liste nom={nom} choix={saisie.choix} valeur={valeur} commun={communDe(champ, nom, vue)} />
        </Simple>
      ) : (
        <Ensemble champ={champ} nom={nom} vue={vue}>
          <Boutons nom={nom} choix={saisie.choix} valeur={valeur} facultatif={champ.requis !== true} />
        </Ensemble>
      );
    case "oui_non":
      return (
        <Ensemble champ={champ} nom={nom} vue={vue}>
          <Boutons nom={nom} choix={OUI_NON} valeur={valeur} facultatif en-ligne />
        </Ensemble>
      );
    case "financeurs":
      return (
        <Ensemble champ={champ} nom={nom} vue={vue}>
          <Cases nom={nom} choix={saisie.choix} valeurs={vue.saisies.get(nom) ?? []} />
        </Ensemble>
      );
    case "heures":
      return (
        <Ensemble champ={champ} nom={nom} vue={vue}>
          <Heures nom={nom} modalites={saisie.modalites} saisies={vue.saisies} />
        </Ensemble>
      );
    case "rythme":
      return (
        <Ensemble champ={champ} nom={nom} vue={vue}>
          <Rythme nom={nom} unites={saisie.unites} saisies={vue.saisies} />
        </Ensemble>
      );
    case "certifications":
      return (
        <Ensemble champ={champ} nom={nom} vue={vue}>
          <CertificationsVue nom={nom} max={saisie.max} vue={vue} />
        </Ensemble>
      );
    case "visees":
      return saisie.parmi.length === 0 && (vue.saisies.get(nom) ?? []).every((one) => one === "") ? null : (
        <Ensemble champ={champ} nom={nom} vue={vue}>
          <Visees nom={nom} parmi={saisie.parmi} saisies={vue.saisies} />
        </Ensemble>
      );
    default:
      return (
        <Simple champ={champ} nom={nom} vue={vue}>
          <Saisir champ={champ} nom={nom} vue={vue} valeur={valeur} />
        </Simple>
      );
  }
}

const OUI_NON = [
  { valeur: "1", texte: "Oui" },
  { valeur: "0", texte: "Non" },
];

function Saisir({ champ, nom, vue, valeur }: Dessin & { valeur: string }) {
  const { saisie } = champ;
  const commun = communDe(champ, nom, vue);
  switch (saisie.type) {
    case "texte":
      return (
        <textarea {...commun} rows={saisie.lignes}>
          {valeur.startsWith("\n") ? `\n${valeur}` : valeur}
        </textarea>
      );
    case "liste":
      return saisie.forme === "lignes" ? (
        <textarea {...commun} rows={2} autocomplete={saisie.autocomplete}>
          {valeur}
        </textarea>
      ) : (
        <input type="text" {...commun} value={valeur} autocomplete={saisie.autocomplete ?? "off"} />
      );
    case "ligne":
      return (
        <input
          type="text"
          {...commun}
          value={valeur}
          inputMode={saisie.clavier}
          autocomplete={saisie.autocomplete ?? "off"}
        />
      );
    case "date":
      return (
        <input
          type="text"
          {...commun}
          value={valeur}
          data-date=""
          autocomplete="off"
          placeholder="jj/mm/aaaa"
        />
      );
    case "entier":
      return (
        <span class="avec-unite">
          <input type="text" {...commun} value={valeur} inputMode="numeric" autocomplete="off" />
          {saisie.unite === undefined ? null : <span>{saisie.unite}</span>}
        </span>
      );
    case "montant":
      return (
        <span class="avec-unite">
          <input type="text" {...commun} value={valeur} inputMode="decimal" autocomplete="off" />
          <span>€</span>
        </span>
      );
    default:
      return <input type="text" {...commun} value={valeur} autocomplete="off" />;
  }
}

/** What every input of a field says of itself. */
function communDe(champ: Champ, nom: string, vue: Vue) {
  const id = idDe(nom);
  const aide = champ.aide !== undefined || champ.limite !== undefined ? `${id}-aide ` : "";
  return {
    id,
    name: nom,
    "aria-describedby": `${aide}${id}-dits`,
    "aria-invalid": vue.dits.get(nom)?.some(({ ton }) => ton === "souci") === true ? true : undefined,
    "aria-required": champ.requis === true ? true : undefined,
    ...(champ.limite !== undefined && champ.saisie.type !== "liste" ? { "data-limite": champ.limite } : {}),
  } as const;
}

/** A field of one input. */
function Simple({ champ, nom, vue, children }: Dessin & { children: ComponentChildren }) {
  const id = idDe(nom);
  return (
    <div class={classeDe(vue, nom)} data-voies={champ.voies?.join(" ")}>
      <label for={id}>
        {champ.titre}
        <Point requis={champ.requis} />
      </label>
      <Aide champ={champ} id={id} />
      {children}
      <Dits nom={nom} dits={vue.dits.get(nom)} />
    </div>
  );
}

/** A field of several inputs under one question. */
function Ensemble({ champ, nom, vue, children }: Dessin & { children: ComponentChildren }) {
  const id = idDe(nom);
  return (
    <fieldset
      class={classeDe(vue, nom)}
      id={id}
      data-voies={champ.voies?.join(" ")}
      aria-describedby={`${champ.aide === undefined ? "" : `${id}-aide `}${id}-dits`}
      tabIndex={-1}
    >
      <legend>
        {champ.titre}
        <Point requis={champ.requis} />
      </legend>
      <Aide champ={champ} id={id} />
      {children}
      <Dits nom={nom} dits={vue.dits.get(nom)} />
    </fieldset>
  );
}

function Aide({ champ: { aide, limite, saisie }, id }: { champ: Champ; id: string }) {
  const borne = borneDe(limite, saisie);
  if (aide === undefined && borne === undefined) return <span id={`${id}-aide`} hidden />;
  const tardive = saisie.type === "ligne";
  return (
    <small
      class={aide === undefined && tardive ? "aide-du-champ sans-aide" : "aide-du-champ"}
      id={`${id}-aide`}
    >
      {aide} {borne === undefined ? null : <span class={tardive ? "borne tardive" : "borne"}>{borne}</span>}
    </small>
  );
}

/** S59: told where one writes at length and for the lines of an address; of a short text, the script tells it near the end. */
function borneDe(limite: number | undefined, saisie: Champ["saisie"]): string | undefined {
  if (limite === undefined || limite < 10) return undefined;
  if (saisie.type !== "liste") return `${nombre(limite)} caractères au plus.`;
  return saisie.forme === "lignes" && limite < 100
    ? `${nombre(limite)} caractères au plus par ligne.`
    : undefined;
}

const classeDe = (vue: Vue, nom: string): string =>
  vue.dits.get(nom)?.some(({ ton }) => ton === "souci") === true ? "saisie en-erreur" : "saisie";
