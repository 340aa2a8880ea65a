import type { Bati } from "../../feed/index.ts";
import { keyOfCertification } from "../../feed/index.ts";
import { textOf } from "../../lheo/index.ts";
import type { Notice } from "../../notices/index.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import { champOf, isFilled } from "./champ.ts";
import type { FichesLues } from "./entree.ts";
import type { DitsDuFlux } from "./regles.ts";
import type { Constat } from "./verification.ts";

/** What the feed says of the working copies, tied to the fields of their forms. */
export function constatsDuFlux(dits: DitsDuFlux, lues: FichesLues, fiche: FicheAction): Constat[] {
  const { contenu: action } = fiche;
  const constats = dits.tete.flatMap((notice) => {
    const { champ } = champOf(notice.path, { action, session: undefined });
    const record = { ...action, organisme: lues.entree.organisme.contenu };
    return lues.absents.has(champ) || isOfDefault(record, champ) ? [] : [constat(notice, champ, fiche)];
  });
  for (const [numero, notices] of dits.sessions) {
    const session = lues.fiches.get(numero);
    const absents = lues.absentsDesSessions.get(numero);
    for (const notice of notices) {
      const path = withRankOfForm(notice.path, dits.actions.get(numero), session);
      const { genre, champ } = champOf(path, { action, session: session?.contenu });
      if (absents?.has(champ) === true || isOfDefault(genre === "action" ? action : session?.contenu, champ))
        continue;
      if (genre === "action") constats.push(constat(notice, champ, fiche));
      else if (session !== undefined) constats.push(constat(notice, champ, fiche, session));
    }
  }
  return constats;
}

/**
 * A field inside one that is blank: what stands there in the feed is another record's, or another field's, and is said of
 * that one.
 */
function isOfDefault(record: unknown, champ: string): boolean {
  const [whole = "", inner] = /^((?:organisme\.)?\w+)(.*)$/.exec(champ)?.slice(1) ?? [];
  return inner !== "" && whole !== "modalites" && !isFilled(record, whole);
}

/** Numbers that the working copies have for the time of the check mean nothing to anyone. */
function constat(notice: Notice, champ: string, action: FicheAction, session?: FicheSession): Constat {
  return {
    ...notice,
    // One too many is about the list, whichever is the last.
    champ: notice.code === "xsd-trop-d-elements" ? champ.replace(/\[\d+\]$/, "") : champ,
    action: action.reference ?? undefined,
    session: session?.reference ?? undefined,
    fiche: session === undefined ? { genre: "action", id: action.id } : { genre: "session", id: session.id },
  };
}

const BLOCS = /blocs-competences\[(\d+)\]/;

/** The feed lists the blocs of those certifications that have some: the rank there is not the rank in the form. */
function withRankOfForm(
  path: string,
  action: Bati<"action"> | undefined,
  session: FicheSession | undefined,
): string {
  const [, rank] = BLOCS.exec(path) ?? [];
  if (rank === undefined) return path;
  const written =
    action?.session?.[0]?.["blocs-competences"]?.[Number(rank) - 1]?.["reference-certification"];
  const key = keyOfCertification({
    code_rncp: textOf(written?.["reference-code-RNCP"]),
    code_rs: textOf(written?.["reference-code-RS"]),
    code_certifinfo: textOf(written?.["reference-code-CERTIFINFO"]),
  });
  const at = session?.contenu.certifications?.findIndex((visee) => keyOfCertification(visee) === key) ?? -1;
  return at === -1 ? path : path.replace(BLOCS, `blocs-competences[${at + 1}]`);
}

/**
 * One constat for one cause at one field: what is said first there is not said again by a later list, nor the same thing of an
 * action at each of its sessions.
 * @param lists in order of authority
 */
export function fusionnerParChamp(...lists: readonly (readonly Constat[])[]): readonly Constat[] {
  const merged: Constat[] = [];
  const taken = new Set<string>();
  const said = new Set<string>();
  for (const list of lists) {
    const free = list.filter((one) => !taken.has(placeOf(one)));
    for (const one of free) {
      taken.add(placeOf(one));
      const words = `${placeOf(one)} ${one.code} ${one.value}`;
      if (said.has(words)) continue;
      said.add(words);
      merged.push(one);
    }
  }
  return merged;
}

const placeOf = ({ fiche, champ }: Constat): string => `${fiche.genre} ${fiche.id} ${champ}`;
