/**
 * LHEO values without their blank texts. A blank is no value: what was left empty in a form, or padded by an export.
 * It would otherwise take the place of a default, or shift the items of a list. Texts of `extra` are not ours to
 * judge and stay; so do blank leaves that have attributes.
 */
export function sansBlancs<T extends object>(value: T): T {
  return elaguer(value) as T;
}

const isBlank = (value: unknown): boolean => typeof value === "string" && value.trim() === "";

/** The same object when nothing is blank in it. */
function elaguer(value: object): object {
  let changed: Record<string, unknown> | undefined;
  for (const [name, child] of Object.entries(value)) {
    if (name === "@" || name === "#" || name === "extras") continue;
    const kept = elaguerEnfant(child);
    if (kept === child) continue;
    changed ??= { ...value };
    if (kept === undefined) delete changed[name];
    else changed[name] = kept;
  }
  return changed ?? value;
}

function elaguerEnfant(child: unknown): unknown {
  if (isBlank(child)) return undefined;
  if (!Array.isArray(child)) return typeof child === "object" && child !== null ? elaguer(child) : child;
  const kept = child.filter((item) => !isBlank(item)).map((item) => elaguerEnfant(item));
  return kept.length === child.length && kept.every((item, rank) => item === child[rank]) ? child : kept;
}
