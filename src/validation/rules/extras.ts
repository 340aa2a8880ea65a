import { attributeOf, type Extra, type Extras, isRealDate, textOf } from "../../lheo/index.ts";
import { type Constats, chaque } from "./constats.ts";
import { isRegion, regionActuelle } from "./territoires.ts";

/** The container of that name (`extras[@info="dispositif"]`), if there is one. */
export function extrasDe(list: readonly Extras[] | undefined, info: string): Extras | undefined {
  return list?.find((item) => attributeOf(item, "info") === info);
}

/** Text of an extension of a container; undefined when it is absent or raw XML. */
export function extraDe(container: Extras | undefined, info: string): string | undefined {
  for (const [name, value] of container?.["*"] ?? []) {
    if (name === "extra" && attributeOf(value, "info") === info) return texteDe(value);
  }
  return undefined;
}

function texteDe(extra: Extra): string | undefined {
  return typeof extra === "object" && "<>" in extra ? undefined : textOf(extra);
}

interface Attente {
  readonly forme: (value: string) => boolean;
  readonly attendu: string;
}

const BOOLEEN: Attente = { forme: (value) => value === "0" || value === "1", attendu: "0 (non) ou 1 (oui)" };
const DATE: Attente = {
  forme: (value) => isRealDate(value) || isRealDate(value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$1$2$3")),
  attendu: "une date AAAAMMJJ",
};

/** Vocabulary of the national feed for the CPF mention of a session. */
const CPF: Readonly<Record<string, Attente>> = {
  "debut-validite": DATE,
  "fin-validite": DATE,
  public: {
    forme: (value) => /^[123]$/.test(value),
    attendu: "un public : 1 (salariés), 2 (demandeurs d'emploi) ou 3 (tous)",
  },
  "france-entiere": BOOLEEN,
  region: {
    forme: (value) => isRegion(value) || regionActuelle(value) !== undefined,
    attendu: "un code de région INSEE",
  },
  "inter-branche": BOOLEEN,
  branche: { forme: (value) => /^\d{2}\.\d{2}[A-Z]$/.test(value), attendu: "un code NAF, comme 23.61Z" },
};

/** `extras[@info="eligibilite-cpf"]` of a session (S75): without its shape, engines show no mention. */
export function checkEligibiliteCpf(
  constats: Constats,
  list: readonly Extras[] | undefined,
  path: string,
): void {
  chaque(list, `${path}/extras`, (container, at) => {
    if (attributeOf(container, "info") !== "eligibilite-cpf") return;
    let rank = 0;
    for (const [name, value] of container["*"]) {
      if (name !== "extra") continue;
      rank++;
      const attente = CPF[attributeOf(value, "info") ?? ""];
      const texte = texteDe(value) ?? "";
      if (attente !== undefined && !attente.forme(texte)) {
        constats.add("eligibilite-cpf-forme", `${at}/extra[${rank}]`, {
          value: texte,
          attendu: attente.attendu,
        });
      }
    }
    checkPortee(constats, container, at);
  });
}

/** Not everywhere: where, then; not all branches: which. */
function checkPortee(constats: Constats, container: Extras, path: string): void {
  const numero = attributeOf(container, "numero");
  if (numero !== undefined && !/^\d+$/.test(numero)) {
    constats.add("eligibilite-cpf-forme", `${path}/@numero`, {
      value: numero,
      attendu: "un code CPF en chiffres dans « numero », ou pas d'attribut",
    });
  }
  if (extraDe(container, "france-entiere") === "0" && extraDe(container, "region") === undefined) {
    constats.add("eligibilite-cpf-forme", path, {
      value: "france-entiere : 0",
      attendu: "au moins une région (extra « region »)",
    });
  }
  if (
    extraDe(container, "inter-branche") === "0" &&
    extraDe(container, "branche") === undefined &&
    numero === undefined
  ) {
    constats.add("eligibilite-cpf-forme", path, {
      value: "inter-branche : 0",
      attendu: "au moins une branche (extra « branche »)",
    });
  }
}

const BOOLEENS: readonly (readonly [info: string, extra: string])[] = [
  ["dispositif", "contrat-apprentissage"],
  ["dispositif", "contrat-professionnalisation"],
  ["type-action", "formation-initiale"],
  ["type-formation", "formation-initiale"],
  ["type-action", "action-perimee"],
  ["session-perimee", "session-perimee"],
];

/** The extensions that readers take for yes or no. */
export function checkBooleens(constats: Constats, list: readonly Extras[] | undefined, path: string): void {
  if (list === undefined) return;
  for (const [info, name] of BOOLEENS) {
    const value = extraDe(extrasDe(list, info), name);
    if (value !== undefined && !BOOLEEN.forme(value)) {
      constats.add("dispositif-illisible", `${path}[@info="${info}"]/extra[@info="${name}"]`, {
        value,
        champ: `L'extension « ${info} / ${name} »`,
      });
    }
  }
}
