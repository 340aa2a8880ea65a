import type { Job } from "./job.ts";
import { accuses } from "./jobs/accuses.ts";
import { alertes } from "./jobs/alertes.ts";
import { audit } from "./jobs/audit.ts";
import { certifications } from "./jobs/certifications.ts";
import { cpf } from "./jobs/cpf.ts";
import { editions } from "./jobs/editions.ts";
import { menage } from "./jobs/menage.ts";
import { perimees } from "./jobs/perimees.ts";
import { rejeux } from "./jobs/rejeux.ts";
import { surveillance } from "./jobs/surveillance.ts";
import { visibilite } from "./jobs/visibilite.ts";

/** Everything that is done at set times, in one table; what cannot wait comes first when hands are short. */
export const JOBS: readonly Job[] = [
  alertes,
  cpf,
  editions,
  rejeux,
  surveillance,
  accuses,
  visibilite,
  audit,
  perimees,
  certifications,
  menage,
];
