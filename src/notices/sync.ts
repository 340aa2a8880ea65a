import { defineNotices } from "./rule.ts";

/** Rows of the agency's views that `sync` could not take; what was published of them before stays. */
export const noticesSync = defineNotices({
  "sync-numero-absent": {
    severity: "bloquant",
    titre: "Ligne sans numéro",
    sentence: ({ champ = "la vue" }) =>
      `Une ligne de ${champ} n'a pas de numéro : elle n'est pas reprise, car le numéro est la clé de l'enregistrement. Donnez-lui un numéro, ou écartez-la de la vue.`,
    who: "exploitation",
    source: "contrat : numero",
  },
  "sync-numero-double": {
    severity: "bloquant",
    titre: "Numéro donné deux fois",
    sentence: ({ value, champ = "la vue" }) =>
      `Le numéro « ${value} » figure plusieurs fois dans ${champ} : aucune de ces lignes n'est reprise, et la version déjà publiée reste. Vérifiez les jointures de la vue : une ligne par numéro.`,
    who: "exploitation",
    source: "contrat : numero",
  },
  "sync-champ-absent": {
    severity: "bloquant",
    titre: "Champ obligatoire vide",
    sentence: ({ champ = "obligatoire", attendu = "une valeur" }) =>
      `Le champ « ${champ} » est vide (attendu : ${attendu}) : la ligne n'est pas reprise, et la version déjà publiée reste. Complétez-le à la source.`,
    who: "organisme",
    source: "contrat",
  },
  "sync-champ-refuse": {
    severity: "bloquant",
    titre: "Valeur refusée par le contrat",
    sentence: ({ value, champ = "?", attendu = "une autre valeur" }) =>
      `Le champ « ${champ} » contient ${value === "" ? "une valeur" : `« ${value} »`} (attendu : ${attendu}) : la ligne n'est pas reprise, et la version déjà publiée reste. Corrigez la donnée, ou sa traduction dans la vue.`,
    who: "exploitation",
    source: "contrat",
  },
  "sync-date": {
    severity: "bloquant",
    titre: "Date dans un autre format",
    sentence: ({ value, champ = "?" }) =>
      `Le champ « ${champ} » contient la date « ${value} » (attendu : AAAAMMJJ, par exemple 20260901) : la ligne n'est pas reprise, et la version déjà publiée reste. Dans la vue, écrivez to_char(…, 'YYYYMMDD').`,
    who: "exploitation",
    source: "LHEO date",
  },
  "sync-parent-absent": {
    severity: "bloquant",
    titre: "Enregistrement rattaché à un absent",
    sentence: ({ value, champ = "?" }) =>
      `Le champ « ${champ} » désigne « ${value} », qui n'est pas publié ou n'est plus dans la source : la ligne n'est pas reprise. Ajoutez-le à sa vue, ou corrigez le numéro.`,
    who: "exploitation",
    source: "contrat",
  },
});
