import type { FastifyReply, FastifyRequest } from "fastify";
import type { Place } from "../../catalogue/index.ts";
import { sendPage } from "../pages/send.ts";
import { sendProblem } from "../problem.tsx";
import { CadreGestion } from "./cadre.tsx";
import type { Droit } from "./scope.ts";

/** The active structure does not give what the page asks for: says so, and what to do. */
export function sendRefus(request: FastifyRequest, reply: FastifyReply, droit: Droit): FastifyReply {
  const { connexion, place } = request;
  const raison = raisonOf(place, droit);
  if (!(request.headers.accept ?? "").includes("text/html")) return sendProblem(request, reply, 403, raison);
  return sendPage(
    reply.code(403),
    <CadreGestion titre="Accès refusé" qui={connexion} place={place}>
      <h1>Accès refusé</h1>
      <p>{raison}</p>
      <p>
        <a href="/gestion/structures">Mes structures</a> : vos profils, et comment en demander un autre.
      </p>
    </CadreGestion>,
  );
}

const DEMANDE: Readonly<Record<Droit, string>> = {
  tous: "Connectez-vous.",
  "catalogue.lire": "Le catalogue demande un profil sur la structure active.",
  "catalogue.ecrire":
    "Modifier le catalogue demande le profil « Gestionnaire OF catalogue formation » ou « Gestionnaire OF général ».",
  controle: "Le contrôle est réservé aux contrôleurs de l'agence.",
  financeur: "Cette page est réservée aux financeurs des formations conventionnées.",
  structures: "La gestion des structures est réservée aux administrateurs.",
};

function raisonOf(place: Place | undefined, droit: Droit): string {
  if (droit === "structures") return DEMANDE.structures;
  if (place === undefined)
    return "Votre compte n'est rattaché à aucune structure : demandez votre affiliation dans « Mes structures », son référent vous répondra.";
  const ailleurs =
    place.structures.length < 2
      ? "Demandez-le au référent de la structure."
      : "Choisissez une autre de vos structures en haut à droite, ou demandez ce profil à son référent.";
  return `${DEMANDE[droit]} La structure active est « ${place.active.nom} ». ${ailleurs}`;
}
