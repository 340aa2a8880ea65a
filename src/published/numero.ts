/** Numbers are opaque text, kept as received; these few would break a page address, a file or an index. */
const FORBIDDEN = /[\p{Cc}|]|##/u;
const LONGEST = 200;

/**
 * What is wrong with a number, in French, or undefined.
 * @param numero of an organisme, an action, a session or a certification
 */
export function numeroDefect(numero: string): string | undefined {
  if (numero === "") return "un numéro vide";
  if (numero.length > LONGEST) return `un numéro de plus de ${LONGEST} caractères`;
  if (FORBIDDEN.test(numero)) return "un numéro avec « | », « ## » ou un caractère de contrôle";
  return undefined;
}

/** The number under which the right of an OF to a certification is kept. */
export function numeroHabilitation(organisme: string, certification: string): string {
  return `${organisme}|${certification}`;
}

/**
 * Order of two numbers by their bytes in UTF-8, as PostgreSQL orders them; strings compare by UTF-16 units, which
 * differ beyond the first plane.
 */
export function compareNumeros(a: string, b: string): number {
  if (a === b) return 0;
  if (/[\ud800-\uffff]/.test(a) || /[\ud800-\uffff]/.test(b))
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}
