/** What operators do to deliveries and partners: each act one transaction, audited with who and why. */
export { actOnDelivery } from "./act.ts";
export { type Decided, decideAct, type Facts, MOTS_RETENUE, type Verb } from "./decide.ts";
export { type Acted, type Demande, missing } from "./demande.ts";
export { pausePartner, resumePartner } from "./partner.ts";
