/** What an operator is told of, by code: a title, and what to do. Texts in French. */
export interface Consigne {
  readonly titre: string;
  readonly remede: string;
}

/** Every alert that the product raises. What was seen is said by who raises it. */
export const ALERTES = {
  "tache-en-echec": {
    titre: "Une tâche programmée échoue",
    remede:
      "Lisez la raison ci-dessus et corrigez-la, puis relancez la tâche : offre-info cron run <tâche>. Elle est aussi reprise d'elle-même à son prochain créneau.",
  },
  "flux-retenu": {
    titre: "Un flux est retenu : trop de sessions en disparaîtraient sans cause enregistrée",
    remede:
      "Voyez ce qui disparaîtrait : offre-info guard show <profil>. Si c'est un accident, rétablissez la source : le flux repart de lui-même à l'édition suivante. Si c'est voulu : offre-info guard release <profil> --motif \"…\".",
  },
  "diffusions-en-retard": {
    titre: "Des diffusions n'avancent pas",
    remede:
      "Vérifiez qu'un processus offre-info tourne et que la base répond : offre-info doctor. Puis voyez ces diffusions : offre-info deliveries list.",
  },
  "diffusion-abandonnee": {
    titre: "Une diffusion est abandonnée",
    remede:
      "Corrigez la cause avec le partenaire, puis rejouez la diffusion : offre-info deliveries replay. La prochaine publication part aussi d'elle-même.",
  },
  "partenaire-en-panne": {
    titre: "Un partenaire ne prend plus rien",
    remede:
      "Voyez ce qu'il répond : offre-info deliveries list --partner <partenaire>, et appelez-le. Les essais continuent, de plus en plus espacés ; le contenu le plus récent part dès qu'il répond.",
  },
  "diffusion-retenue": {
    titre: "Une diffusion est retenue",
    remede: "Lisez pourquoi : offre-info deliveries show. Puis laissez-la partir, ou annulez-la.",
  },
  "partenaire-arrete": {
    titre: "Plus rien ne part vers un partenaire",
    remede:
      "Levez la cause (identifiants, adresse), puis reprenez : offre-info deliveries resume <partenaire>. Ce qui attend part alors.",
  },
  "visibilite-depassee": {
    titre: "La date de visibilité attendue est passée",
    remede:
      "Demandez au partenaire où en est le traitement de ces fichiers, et vérifiez que ses accusés nous arrivent.",
  },
  "accuses-inaccessibles": {
    titre: "Les accusés d'un partenaire ne peuvent pas être lus",
    remede:
      "Vérifiez l'adresse, le dossier et les identifiants du partenaire. Rien n'est perdu : ils sont relus toutes les dix minutes.",
  },
  "audit-rompu": {
    titre: "Le journal des actes a été altéré",
    remede:
      "N'effacez rien : comparez la base à sa dernière sauvegarde et cherchez qui y a accès. L'alerte cesse quand la chaîne se vérifie de nouveau.",
  },
  "fichier-refuse": {
    titre: "Un destinataire a refusé tout un fichier après l'avoir reçu",
    remede:
      "Lisez ce qu'il refuse : offre-info receipts show <diffusion>. Corrigez-le à la source : le contenu corrigé part de lui-même, le même ne repart pas sans vous.",
  },
  "accuse-illisible": {
    titre: "L'accusé d'un destinataire ne dit rien que l'on comprenne",
    remede:
      "Il est gardé tel quel. Comparez-le au format enregistré : offre-info receipts format <partenaire>. Corrigez le format, ou demandez un autre fichier au destinataire.",
  },
  "controle-en-retard": {
    titre: "Des formations attendent le contrôle au-delà du délai",
    remede:
      "Traitez la file du contrôle, la plus ancienne d'abord : Gestion des formations, Contrôle. Les organismes concernés voient la date prévue dépassée.",
  },
  "certification-expire": {
    titre: "Une certification du registre se termine",
    remede:
      "Vérifiez à France compétences si elle est renouvelée, et mettez le registre à jour. Sinon, prévenez les organismes : la mention CPF disparaît le lendemain. Les actions concernées : offre-info offre alertes.",
  },
  "habilitation-expire": {
    titre: "L'habilitation d'un organisme se termine",
    remede:
      "Demandez à l'organisme, ou au certificateur, si elle est renouvelée, et mettez le registre à jour : la mention CPF disparaît le lendemain. Les actions concernées : offre-info offre alertes.",
  },
} as const satisfies Readonly<Record<string, Consigne>>;

export type CodeAlerte = keyof typeof ALERTES;
