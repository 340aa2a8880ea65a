/** Deliveries as an operator looks for them: lists by filter, and all that is known of one. */
export { type Detail, type Lien, readDelivery, type Tentative } from "./detail.ts";
export { type Condition, conditionOf, type Filtre, isUnlimited, zFiltre } from "./filtre.ts";
export { listDeliveries, type Resume } from "./list.ts";
export { ETATS, type Etat, etatOf, MOTS_ETAT, type Retenue } from "./mots.ts";
export { type DiffusionDeSession, deliveriesOfSession, pendingDeliveries } from "./ofSession.ts";
