/** One step of a `chemin`: a child, and its rank from 1 among those of that name. */
export interface Pas {
  readonly nom: string;
  readonly rang: number;
}

/** `a/b[2]/c` → its steps; the empty path is the record's own element. A step without a rank is the first. */
export function lireChemin(chemin: string): readonly Pas[] {
  if (chemin === "") return [];
  return chemin.split("/").map((step) => {
    const [, nom = step, rang = "1"] = /^(.+)\[(\d+)\]$/.exec(step) ?? [];
    return { nom, rang: Number(rang) };
  });
}
