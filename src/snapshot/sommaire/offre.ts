/** Where one offer (an LHEO action of a formation) stands in a feed, in bytes, and what it is looked for by. */
export interface Offre {
  /** `formation/@numero`. */
  readonly formation: string;
  /** From its `<formation` to the end of its `</formation>`. */
  readonly debut: number;
  readonly fin: number;
  /** Its actions, one after the other. */
  readonly debutDesActions: number;
  readonly finDesActions: number;
  /** `action/@numero`; empty for a formation without action. */
  readonly action: string;
  readonly debutDeLAction: number;
  readonly finDeLAction: number;
  /** `session/@numero` of each. */
  readonly sessions: readonly string[];
  /** Of each of its places, as far as it is known. */
  readonly departements: readonly string[];
  readonly formacodes: readonly string[];
}

type Line = readonly [
  formation: string,
  debut: number,
  fin: number,
  debutDesActions: number,
  finDesActions: number,
  action: string,
  debutDeLAction: number,
  finDeLAction: number,
  sessions: readonly string[],
  departements: readonly string[],
  formacodes: readonly string[],
];

/** One line of a summary, without its line break. */
export function lineOf(offre: Offre): string {
  const line: Line = [
    offre.formation,
    offre.debut,
    offre.fin,
    offre.debutDesActions,
    offre.finDesActions,
    offre.action,
    offre.debutDeLAction,
    offre.finDeLAction,
    offre.sessions,
    offre.departements,
    offre.formacodes,
  ];
  return JSON.stringify(line);
}

/** The offer of a line that {@link lineOf} wrote. */
export function offreOf(text: string): Offre {
  const line: Line = JSON.parse(text);
  return {
    formation: line[0],
    debut: line[1],
    fin: line[2],
    debutDesActions: line[3],
    finDesActions: line[4],
    action: line[5],
    debutDeLAction: line[6],
    finDeLAction: line[7],
    sessions: line[8],
    departements: line[9],
    formacodes: line[10],
  };
}

/** What a summary says of its feed, on its first line. */
export interface Entete {
  /** Of this way to write it; another one is made again. */
  readonly version: typeof VERSION;
  readonly offres: number;
  /** What stands before the first formation ends here, what stands after the last one begins there. */
  readonly avant: number;
  readonly apres: number;
  readonly octets: number;
}

export const VERSION = 1;
