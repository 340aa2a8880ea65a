import { z } from "zod";
import { zRemede } from "./codes.ts";

/** Where a value is: a column of the header (`1`, `2`… without header), or a path (`accuse/session/@numero`). */
const zChamp = z.string().trim().min(1).max(200);
/** Words of the partner, whatever their case and accents. */
const zMots = z.array(z.string().trim().min(1)).default([]);

/** File names, `*` standing for anything. */
const zFichiers = z
  .string()
  .regex(/^[^/\\]{1,200}$/, "un nom de fichier sans barre oblique, où * remplace n'importe quoi");

const zSource = z.discriminatedUnion("type", [
  /** In the answer to the push itself. */
  z.strictObject({ type: z.literal("reponse") }),
  /** Handed over by someone. */
  z.strictObject({ type: z.literal("depose"), fichiers: zFichiers.default("*") }),
  /** Fetched from the partner's folder. */
  z.strictObject({
    type: z.enum(["sftp", "https", "dossier"]),
    dossier: z.string().min(1),
    fichiers: zFichiers,
  }),
]);

/**
 * One step of what a partner says after a delivery, as data: where it says it, and how to read it. Whoever knows the
 * partner's file writes this, no code does.
 */
export const zAccuse = z
  .strictObject({
    etape: z.enum(["reception", "traitement"]).default("traitement"),
    source: zSource,
    format: z.enum(["csv", "xml", "json"]),
    /** Of CSV and JSON; an XML file says its own. */
    encodage: z.enum(["utf-8", "latin1"]).default("utf-8"),
    csv: z
      .strictObject({
        separateur: z.enum([";", ",", "\t", "|"]).default(";"),
        entete: z.boolean().default(true),
      })
      .prefault({}),
    /** Of XML and JSON: path of what is repeated, one for each session; absent: the file as a whole. */
    lignes: zChamp.optional(),
    /** Columns, or paths from a line (`../` goes up, a leading `/` starts from the root). */
    champs: z
      .strictObject({
        session: zChamp,
        action: zChamp,
        statut: zChamp,
        code: zChamp,
        message: zChamp,
        /** Our delivery, the name or the digest of the file that we sent. */
        diffusion: zChamp,
        fichier: zChamp,
        sha256: zChamp,
      })
      .partial()
      .prefault({}),
    statuts: z.strictObject({ acquittee: zMots, visible: zMots, refusee: zMots }).prefault({}),
    /** What a line says when the file has no status: a list of refusals names refusals. */
    sans_statut: z.enum(["acquittee", "visible", "refusee"]).default("refusee"),
    /** What the sessions that are not named are: with a list of refusals, the others passed. */
    reste: z.enum(["acquittee", "visible", "rien"]).default("rien"),
    /** The whole file was refused: in CSV on a line without session, else read once from the root. */
    fichier_refuse: z
      .strictObject({
        champ: zChamp,
        mots: z.array(z.string().trim().min(1)).min(1),
        code: zChamp.optional(),
        message: zChamp.optional(),
      })
      .optional(),
    /** Sentences for codes of this partner, before ours. */
    codes: z.record(z.string(), zRemede).default({}),
  })
  .refine(({ champs, lignes, fichier_refuse, format, etape }) => {
    const named = champs.session !== undefined || champs.action !== undefined;
    const listed = format === "csv" ? named : lignes !== undefined;
    return listed ? named : etape === "reception" || fichier_refuse !== undefined;
  }, "il manque où lire les sessions (champs.session ou champs.action, et lignes en XML ou JSON), ou fichier_refuse si seul le fichier entier est jugé");

export type Accuse = z.output<typeof zAccuse>;
export type EtapeAccuse = Accuse["etape"];

/** Does a file of this name follow that mapping? */
export function takesFile({ source }: Accuse, nom: string): boolean {
  if (source.type === "reponse") return false;
  const escaped = source.fichiers.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`, "is").test(nom);
}
