import { copyFile } from "node:fs/promises";
import path from "node:path";
import { type Detail, type Lien, MOTS_ETAT, MOTS_RETENUE, readDelivery } from "../../delivery/index.ts";
import { openStore } from "../../snapshot/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import {
  bytes,
  count,
  day,
  EXIT,
  Failure,
  instant,
  instantExact,
  plain,
  print,
  printJson,
  say,
} from "../output.ts";

/** `offre-info deliveries show`: everything about one; with `--file`, the file it carried. */
export async function showCommand(id: string, options: { file?: string | true; json?: true }): Promise<void> {
  const context = readContext();
  await withDatabase(openDatabase(context), async ({ db }) => {
    const detail = await readDelivery(db, id);
    if (detail === undefined)
      throw new Failure(
        `Aucune diffusion ne s'appelle « ${id} ». Voir : offre-info deliveries list`,
        EXIT.negative,
      );
    if (options.file !== undefined)
      return file(detail, path.join(context.config.dataDir, "flux"), options.file);
    if (options.json === true) printJson(detail);
    else print(describe(detail));
  });
}

/** Says where the file is, or copies it. It can be looked at; an older one is never sent. */
async function file({ id, contenu, sha256 }: Detail, dir: string, to: string | true): Promise<void> {
  const facts = contenu?.file;
  if (facts === undefined || facts === null)
    throw new Failure(`La diffusion ${id} ne porte pas de fichier.`, EXIT.negative);
  const store = await openStore(dir);
  if (!(await store.has(facts.sha256)))
    throw new Failure(`Le fichier ${facts.sha256} n'est plus conservé.`, EXIT.negative);
  const from = store.pathOf(facts.sha256, sha256 === facts.sha256Gz ? "xml.gz" : "xml");
  if (to === true) return print(from);
  await copyFile(from, to);
  say(`Écrit : ${to}`);
}

function describe(detail: Detail): string {
  const { id, partner, etat, retenue, motif, lot } = detail;
  const held = etat === "held" && retenue !== null ? ` (${MOTS_RETENUE[retenue]})` : "";
  return [
    `Diffusion ${id} : ${detail.contenu === undefined && etat === "scheduled" ? "annoncée" : MOTS_ETAT[etat]}${held}`,
    ...(motif === null ? [] : [`  motif : ${plain(motif)}`]),
    `  destinataire : ${partner.nom} (${partner.id}), profil ${partner.profil}${partner.etat === "actif" ? "" : `, ${partner.etat.replace("_", " ")}${partner.etatMotif === null ? "" : ` : ${partner.etatMotif}`}`}`,
    `  créée le ${instant(detail.createdAt)}${lot === null ? "" : ` par le rejeu n° ${lot}`}, part à partir du ${instant(detail.dueAt)}`,
    ...detail.dueExplain.map(({ jour, raison }) => `    ${day(jour)} : ${raison}`),
    ...content(detail),
    ...section("Tentatives", detail.tentatives.flatMap(attempt)),
    ...section("Accusés", receipts(detail)),
    ...section("Liens", detail.liens.map(link)),
    ...section(
      "Audit",
      detail.audit.map(
        (one) =>
          `${instantExact(one.at)}  ${one.acte}  ${one.acteur}${one.motif === null ? "" : `  « ${plain(one.motif)} »`}`,
      ),
    ),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title} :`, ...lines.map((line) => `    ${line}`)];
}

function content({ contenu, actuel, sha256 }: Detail): string[] {
  if (contenu === undefined) return ["  contenu : à venir, celui de l'édition de ce jour-là"];
  const now = actuel ? "c'est le contenu actuel" : "ce n'est plus le contenu actuel";
  const what =
    contenu.file === null
      ? "vide : rien dans le périmètre"
      : `${count(contenu.formations)} formations, ${count(contenu.sessions)} sessions, ${bytes(contenu.file.octets)}`;
  return [
    `  contenu : édition n° ${contenu.edition}, du ${instant(contenu.createdAt)}, ${what} ; ${now}`,
    ...(contenu.file === null ? [] : [`    sha256 du XML : ${contenu.file.sha256}`]),
    ...(sha256 === null ? [] : [`    sha256 des octets envoyés : ${sha256}`]),
  ];
}

function attempt(one: Detail["tentatives"][number]): string[] {
  const { octets, ms, message } = one.detail as { octets?: number; ms?: number; message?: string };
  const facts = [
    one.issue ?? "en cours",
    one.http_status === null ? undefined : `réponse ${one.http_status}`,
    ms === undefined ? undefined : `${count(ms)} ms`,
    octets === undefined ? undefined : bytes(octets),
    one.worker,
  ].filter((fact) => fact !== undefined);
  const said = [message, one.reponse ?? undefined].filter((text) => text !== undefined && text.trim() !== "");
  return [
    `n° ${one.epoch}  ${instantExact(one.started_at)}  ${facts.join(" · ")}`,
    ...said.flatMap((text) =>
      plain(text ?? "")
        .trimEnd()
        .split("\n")
        .map((line) => `  | ${line}`),
    ),
  ];
}

/** Refused sessions shown; `--json` gives more. */
const SHOWN = 20;

function receipts({ accuses }: Detail): string[] {
  if (accuses === undefined) return [];
  const lines = accuses.receipts.flatMap(({ etape, issue, recuLe, nom, comptes, remarques }) => {
    const counts = Object.entries(comptes)
      .filter(([, n]) => n > 0)
      .map(([kind, n]) => `${count(n)} ${kind}`);
    return [
      [`${instantExact(recuLe)}  ${etape} ${issue}`, ...(nom === null ? [] : [plain(nom)]), ...counts].join(
        " · ",
      ),
      ...remarques.map(({ message }) => `  ${plain(message)}`),
    ];
  });
  const refused = accuses.refusees
    .slice(0, SHOWN)
    .map(
      (one) =>
        `session ${plain(one.session ?? one.ecrit)} refusée : ${one.refus.libelle} → ${one.refus.remede}`,
    );
  const more = accuses.refusees.length > SHOWN ? [`… d'autres refus : --json`] : [];
  return [...lines, ...refused, ...more];
}

const LIENS: Readonly<Record<Lien["lien"], string>> = {
  rejoue: "rejoue",
  rejouee_par: "rejouée par",
  remplace: "remplace",
  remplacee_par: "remplacée par",
};

const link = ({ lien, id, etat, created_at }: Lien): string =>
  `${LIENS[lien]} ${id} (${MOTS_ETAT[etat]}, créée le ${instant(created_at)})`;
