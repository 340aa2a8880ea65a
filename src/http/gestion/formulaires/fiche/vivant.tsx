import type { FastifyReply, FastifyRequest } from "fastify";
import { renderToString } from "preact-render-to-string";
import { nomsDesActeurs, touchPresence } from "../../../../catalogue/index.ts";
import { horloge } from "../../../../db/index.ts";
import type { GestionOptions } from "../../options.ts";
import { derniere } from "../corps.ts";
import { Dits } from "../dessin/dits.tsx";
import { Partenaires } from "../partenaires.tsx";
import { Plan } from "../plan.tsx";
import { ditsDe } from "../vue.ts";
import { isOf } from "./afficher.tsx";
import { checkDossier, type Dossier, openDossier, saveDossier } from "./dossier.ts";
import { readSaisie } from "./soumettre.tsx";

/** What is said of a form while one types: a fragment whose parts take the place of those of the page. */
export async function checkWhileTyping(
  options: GestionOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
): Promise<FastifyReply> {
  const { saisies, saisi } = await readSaisie(options, request, dossier);
  const { constats, partenaires } = await checkDossier(options, request.auteur, dossier, saisi.contenu);
  const own = constats.filter((constat) => isOf(constat, dossier));
  // A blank form has nothing wrong in it yet: what is missing is said once it was validated.
  const tout = saisies.has("tout");
  const dits = ditsDe(dossier.formulaire, {
    saisi,
    constats: own.filter(({ code }) => tout || code !== "champ-obligatoire"),
  });
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .send(
      renderToString(
        <div>
          <Plan genre={dossier.genre} formulaire={dossier.formulaire} dits={dits} />
          <Partenaires partenaires={partenaires} />
          {[...dits].map(([nom, said]) => (
            <Dits nom={nom} dits={said} key={nom} />
          ))}
        </div>,
      ),
    );
}

/**
 * Saves the working copy while one types, and says who else is there. Answers JSON: the new revision and the ranks that items
 * now have, or why nothing was saved.
 */
export async function autosave(
  { db }: GestionOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
): Promise<FastifyReply> {
  const { auteur } = request;
  const presents = await touchPresence(db, auteur, dossier.action.id);
  const { saisies, saisi } = await readSaisie({ db }, request, dossier);
  const revision = Number(derniere(saisies, "revision"));
  const saved = await saveDossier(db, auteur, dossier, { revision, contenu: saisi.contenu });
  reply.header("cache-control", "no-store");
  if ("refus" in saved) return reply.code(409).send({ presents, message: saved.refus });
  if ("conflit" in saved) {
    const noms = await nomsDesActeurs(db, [saved.conflit.par]);
    const par = noms.get(saved.conflit.par) ?? saved.conflit.par;
    return reply.code(409).send({
      presents,
      message: `${par} a enregistré cette fiche à ${HEURE.format(saved.conflit.at)}. Votre saisie reste ici : enregistrez pour comparer les deux.`,
    });
  }
  const now =
    dossier.session === undefined ? await openDossier(db, auteur, dossier.genre, saved.id) : undefined;
  return reply.send({
    revision: saved.revision,
    adresse: now?.adresse ?? dossier.adresse,
    heure: HEURE.format(await horloge(db)),
    origines: Object.fromEntries(saisi.origines),
    illisibles: saisi.erreurs.size,
    presents,
  });
}

const HEURE = new Intl.DateTimeFormat("fr-FR", { timeStyle: "short", timeZone: "Europe/Paris" });
