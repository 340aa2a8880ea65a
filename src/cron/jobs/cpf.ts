import { demanderMentionsCpf } from "../../edition/index.ts";
import type { Job } from "../job.ts";

/** S75: the CPF mention is in the feeds at the minute it opens, and out at the midnight it closes. */
export const cpf: Job = {
  id: "cpf",
  description:
    "Mention CPF : demande une édition quand celle d'une session apparaît (24 h après la mise en ligne) ou disparaît (fin de validité)",
  horaire: "* * * * *",
  rattrapage: "dernier",
  async run({ db, maintenant }) {
    const found = await demanderMentionsCpf(db, maintenant);
    if (found === undefined || found.instants.length === 0) return {};
    return { demandee: true, actions: found.actions, exemples: found.exemples };
  },
};
