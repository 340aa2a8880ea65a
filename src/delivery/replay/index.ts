/**
 * Sending again, for one delivery or for many. Three steps, so that what leaves is what was looked at:
 *
 *   filter ─ preview ─▶ token ─ confirm ─▶ batch (─ approve, by a second person ─▶) ─ advance ─▶ new deliveries
 *
 * A replay is a new delivery with a new key. It carries the same bytes only while they are the partner's current ones,
 * else the latest; nothing older ever leaves. A partner never has two deliveries that wait: what leaves already takes
 * the replay along.
 */
export { type AdvanceOptions, advanceReplay, advanceReplays } from "./advance.ts";
export { abandonReplay, approveReplay, type Confirme, confirmReplay } from "./confirm.ts";
export { empreinteOf } from "./empreinte.ts";
export { type Choisie, type Contenu, type Destinataire, type Ligne, ligneOf } from "./ligne.ts";
export { type Lot, type LotItem, openLots, readLot } from "./lots.ts";
export { type Apercu, countsOf, ETATS_REJOUES, previewReplay } from "./preview.ts";
