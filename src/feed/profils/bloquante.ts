import { blocksFor, type Notice } from "../../notices/index.ts";
import { type Profil, viaOf } from "./profil.ts";

/**
 * Does this notice set the record aside for that profile? By its own severity, by the partners of its rule, or because
 * the profile says so; a profile served by another one is refused what that one is refused.
 */
export function estBloquante(
  notice: Notice,
  profil: Pick<Profil, "id" | "mode" | "regles_bloquantes">,
): boolean {
  const via = viaOf(profil);
  return (
    blocksFor(notice, profil.id) ||
    (via !== undefined && blocksFor(notice, via)) ||
    profil.regles_bloquantes.includes(notice.code)
  );
}
