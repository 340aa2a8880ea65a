/** A threshold, and what it means in French, for whoever wonders why. */
interface Seuil {
  readonly valeur: number;
  readonly explication: string;
}

const seuil = (valeur: number, explication: string): Seuil => ({ valeur, explication });

/** From when something is told, and for how long things are kept. */
export const SEUILS = {
  retardMinutes: seuil(
    15,
    "Minutes de retard à partir desquelles une diffusion due qui n'avance pas, ou une annonce que personne ne traite, donne une alerte.",
  ),
  reponsesJours: seuil(
    90,
    "Jours pendant lesquels le texte des réponses des destinataires est gardé ; leur statut et leur résultat le sont toujours.",
  ),
  annoncesJours: seuil(7, "Jours pendant lesquels les annonces internes déjà traitées sont gardées."),
  passagesJours: seuil(14, "Jours pendant lesquels tous les passages des tâches programmées sont gardés."),
  passagesGardes: seuil(
    100,
    "Derniers passages de chaque tâche gardés quel que soit leur âge : plusieurs mois d'une tâche quotidienne.",
  ),
  fichiersGardes: seuil(
    30,
    "Dernières versions de chaque flux dont les fichiers sont gardés, en plus du flux courant et de ce qui est encore à diffuser. Les autres ne gardent que leur historique.",
  ),
  fichiersJours: seuil(
    7,
    "Jours pendant lesquels aucun fichier n'est retiré : un destinataire peut être en train de le télécharger.",
  ),
  prisesJours: seuil(400, "Jours pendant lesquels on garde qui a pris quel flux, et quand."),
  retenuesJours: seuil(
    90,
    "Jours pendant lesquels la liste des sessions d'un flux retenu par la garde est gardée après la décision.",
  ),
  noticesJours: seuil(
    3,
    "Jours pendant lesquels le détail des remarques d'une édition est gardé ; celui de la dernière édition de chaque profil l'est toujours.",
  ),
  accusesJours: seuil(
    400,
    "Jours pendant lesquels les fichiers d'accusés reçus sont gardés tels quels ; ce qui en a été lu le reste.",
  ),
  alertesJours: seuil(400, "Jours pendant lesquels les alertes terminées sont gardées."),
} as const;
