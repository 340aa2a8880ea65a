/** What the audit calls an act, in words. */
const ACTES: Readonly<Record<string, string>> = {
  "accuse.deposer": "Dépose un accusé",
  "accuse.format": "Change la lecture des accusés",
  "catalogue.abandonner": "Revient à la version en ligne",
  "catalogue.abandonner_import": "Abandonne un import",
  "catalogue.ajouter_session": "Ajoute des sessions",
  "catalogue.archiver": "Archive une action",
  "catalogue.confirmer": "Confirme une action",
  "catalogue.confirmer_session": "Confirme une session",
  "catalogue.creer": "Crée une action",
  "catalogue.demander_complement": "Demande un complément",
  "catalogue.importer": "Crée les brouillons d'un import",
  "catalogue.perdre_sessions": "N'a plus de session en cours",
  "catalogue.prendre": "Prend une action en contrôle",
  "catalogue.publier": "Publie une action",
  "catalogue.rendre": "Rend une action à la file de contrôle",
  "catalogue.restaurer": "Remet une action en ligne",
  "catalogue.retirer_session": "Retire une session",
  "catalogue.supprimer": "Supprime une action",
  "catalogue.supprimer_session": "Supprime une session",
  "cle.creer": "Crée une clé d'accès",
  "cle.remplacer": "Remplace une clé d'accès",
  "cle.revoquer": "Révoque une clé d'accès",
  "compte.creer": "Crée un compte",
  "compte.deconnecter": "Ferme des connexions",
  "compte.fermer": "Ferme un compte",
  "compte.lien": "Retire un mot de passe et donne un lien",
  "compte.rouvrir": "Rouvre un compte",
  "compte.mot_de_passe": "Change un mot de passe",
  "compte.role": "Change le rôle d'un compte",
  "diffusion.annuler": "Annule une diffusion",
  "diffusion.liberer": "Libère une diffusion",
  "diffusion.rejouer": "Rejoue une diffusion",
  "diffusion.retenir": "Retient une diffusion",
  "garde.liberee": "Laisse passer un flux retenu",
  "garde.refusee": "Refuse ce qui disparaîtrait d'un flux",
  "partenaire.reprendre": "Reprend les envois",
  "partenaire.suspendre": "Suspend les envois",
  "rejeu.abandonner": "Abandonne un rejeu",
  "rejeu.confirmer": "Demande un rejeu",
  "rejeu.valider": "Donne son accord à un rejeu",
  "rattachement.accorder": "Accepte une affiliation",
  "rattachement.annuler": "Retire sa demande d'affiliation",
  "rattachement.demander": "Demande une affiliation",
  "rattachement.donner": "Rattache un compte",
  "rattachement.referent": "Change un référent",
  "rattachement.refuser": "Refuse une affiliation",
  "rattachement.retirer": "Met fin à un rattachement",
  "secret.ecrire": "Enregistre un identifiant de partenaire",
  "secret.effacer": "Efface un identifiant de partenaire",
  "secret.rechiffrer": "Rechiffre les identifiants",
  "structure.creer": "Crée une structure",
  "structure.demander": "Demande une structure",
  "structure.ecarter": "Écarte une demande de structure",
  "structure.fermer": "Ferme une structure",
  "structure.modifier": "Modifie une structure",
  "structure.rouvrir": "Rouvre une structure",
  "tache.lancer": "Lance une tâche",
};

export const acteEnMots = (acte: string): string => ACTES[acte] ?? acte;

/** What acts are about: code and word. */
export const OBJETS: readonly (readonly [string, string])[] = [
  ["diffusion", "diffusion"],
  ["rejeu", "rejeu"],
  ["partenaire", "partenaire"],
  ["profil", "profil"],
  ["tache", "tâche"],
  ["compte", "compte"],
  ["cle", "clé d'accès"],
  ["structure", "structure"],
  ["action", "action"],
  ["session", "session"],
  ["import", "import"],
];

export const objetEnMots = (type: string): string => OBJETS.find(([code]) => code === type)?.[1] ?? type;

/** The page of what an act is about, if it has one. */
export function lienDe(type: string, id: string): string | undefined {
  const safe = encodeURIComponent(id);
  switch (type) {
    case "diffusion":
      return `/diffusions/${safe}`;
    case "rejeu":
      return `/rejeux/${safe}`;
    case "partenaire":
      return `/partenaires/${safe}`;
    case "profil":
      return `/historique/${safe}`;
    case "structure":
      return `/gestion/structure/${safe}`;
    case "action":
      return `/gestion/actions/${safe}/historique`;
    case "tache":
      return "/planifications";
    default:
      return undefined;
  }
}
