import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  attach,
  createStructureKey,
  detach,
  PROFILS,
  type Refus,
  type RefusDeSaisie,
  readRattachements,
  readStructure,
  readStructureKeys,
  revokeStructureKey,
  saveStructure,
  setReferent,
  setStructureOuverte,
} from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import { zTexte } from "../../pages/texte.ts";
import { zId } from "../id.ts";
import type { GestionOptions } from "../options.ts";
import { lecteurOf, pour } from "../scope.ts";
import { CleMontreePage } from "./cles.tsx";
import { gerantOf, lienStructure } from "./gerant.ts";
import { donneesOf, lireSaisie, type Saisie, saisieDe } from "./saisie.ts";
import { StructurePage } from "./structure.tsx";

const FAITS: Readonly<Record<string, string>> = {
  creer: "La structure est créée.",
  enregistrer: "C'est enregistré, et publié.",
  rattacher: "Le compte est rattaché.",
  retirer: "Le rattachement a pris fin.",
  referent: "C'est enregistré.",
  fermer: "La structure est fermée.",
  rouvrir: "La structure est rouverte.",
  revoquer: "La clé n'ouvre plus rien.",
};

type One = FastifyRequest<{ Params: { numero: string } }>;
type Part = FastifyRequest<{ Params: { numero: string; id: string } }>;
type Fait = Promise<{ readonly fait: true } | Refus>;

const HERE = "/gestion/structure/:numero";

/** One structure: its record, who is attached, its keys. The services refuse who does not look after it. */
export function uneStructure({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get(HERE, pour("tous"), async (request: One, reply) => {
      const { fait } = z.object({ fait: zTexte }).parse(request.query);
      return show(request, reply, { fait: FAITS[fait] });
    });

    app.post(HERE, pour("tous"), async (request: One, reply) => {
      const { numero } = request.params;
      const structure = await readStructure(db, numero);
      if (structure === undefined) return reply.callNotFound();
      const saisie = lireSaisie(request.body, structure.type);
      const { revision } = z.object({ revision: zId }).parse(request.body ?? {});
      const done = await saveStructure(db, gerantOf(request), numero, {
        revision: revision ?? 0,
        saisie: donneesOf(saisie),
      });
      return "refus" in done
        ? show(request, reply.code(422), { dit: done, saisie })
        : reply.redirect(`${lienStructure(numero)}?fait=enregistrer`, 303);
    });

    for (const [act, ouverte] of [
      ["fermer", false],
      ["rouvrir", true],
    ] as const)
      app.post(`${HERE}/${act}`, pour("structures"), async (request: One, reply) =>
        conclude(
          request,
          reply,
          act,
          setStructureOuverte(db, gerantOf(request), request.params.numero, ouverte),
        ),
      );

    app.post(`${HERE}/rattacher`, pour("structures"), async (request: One, reply) => {
      const read = z
        .object({ identifiant: zTexte, profil: z.enum(PROFILS), referent: zTexte })
        .safeParse(request.body ?? {});
      if (!read.success)
        return show(request, reply.code(422), { dit: { refus: "Choisissez un compte et un profil." } });
      const { identifiant, profil, referent } = read.data;
      const { numero: structure } = request.params;
      const asked = { identifiant, profil, referent: referent === "oui", structure };
      return conclude(request, reply, "rattacher", attach(db, gerantOf(request), asked));
    });

    app.post(`${HERE}/rattachements/:id/retirer`, pour("tous"), async (request: Part, reply) =>
      conclude(request, reply, "retirer", detach(db, gerantOf(request), idOf(request))),
    );

    app.post(`${HERE}/rattachements/:id/referent`, pour("structures"), async (request: Part, reply) => {
      const { referent } = z.object({ referent: zTexte }).parse(request.body ?? {});
      return conclude(
        request,
        reply,
        "referent",
        setReferent(db, gerantOf(request), idOf(request), referent === "oui"),
      );
    });

    app.post(`${HERE}/cles`, pour("tous"), async (request: One, reply) => {
      const { nom } = z.object({ nom: zTexte }).parse(request.body ?? {});
      const { numero: structure } = request.params;
      const made = await createStructureKey(db, gerantOf(request), { structure, nom });
      return "refus" in made
        ? show(request, reply.code(422), { dit: made })
        : sendPage(reply, <CleMontreePage {...lecteurOf(request)} structure={structure} cle={made.cle} />);
    });

    app.post(`${HERE}/cles/:id/revoquer`, pour("tous"), async (request: Part, reply) =>
      conclude(request, reply, "revoquer", revokeStructureKey(db, gerantOf(request), idOf(request))),
    );

    async function conclude(request: One, reply: FastifyReply, fait: string, work: Fait) {
      const done = await work;
      return "refus" in done
        ? show(request, reply.code(409), { dit: done })
        : reply.redirect(`${lienStructure(request.params.numero)}?fait=${fait}`, 303);
    }

    async function show(
      request: One,
      reply: FastifyReply,
      said: { readonly fait?: string | undefined; readonly dit?: RefusDeSaisie; readonly saisie?: Saisie },
    ) {
      const gerant = gerantOf(request);
      const { numero } = request.params;
      const structure = await readStructure(db, numero);
      const rattachements = await readRattachements(db, gerant, numero);
      const cles = await readStructureKeys(db, gerant, numero);
      if (structure === undefined || "refus" in rattachements || "refus" in cles) return reply.callNotFound();
      return sendPage(
        reply,
        <StructurePage
          {...lecteurOf(request)}
          {...{ structure, rattachements, cles }}
          administrateur={gerant.administrateur}
          saisie={said.saisie ?? saisieDe(structure)}
          fait={said.fait}
          dit={said.dit}
        />,
      );
    }
  };
}

const idOf = ({ params }: Part): number => zId.parse(params.id) ?? 0;
