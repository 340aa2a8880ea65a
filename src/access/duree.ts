/** Hours without a request, and hours in all, after which a browser has to come in again. */
const INACTIF_HEURES = 2;
const DUREE_HEURES = 12;

/** SQL: is this row of `connexion` still worth something? */
export const STILL_OPEN = `seen_at > horloge() - interval '${INACTIF_HEURES} hours' AND opened_at > horloge() - interval '${DUREE_HEURES} hours'`;
