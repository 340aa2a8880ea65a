/**
 * Who takes the offer: profiles (what and when) and partners (who, and how the file reaches them). A partner takes
 * the file of one profile; several may take the same.
 */
export {
  type EtatPartenaire,
  type Partner,
  readPartner,
  readPartners,
  setPartnerState,
  upsertPartner,
  zPartner,
} from "./partner.ts";
export { readProfils, seedProfils } from "./profils.ts";
export {
  fileNameOf,
  type Transport,
  type TransportDossier,
  type TransportHttps,
  zTransport,
} from "./transport.ts";
