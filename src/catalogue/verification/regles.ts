import { type Bati, buildOffre, type Contexte, type Entree, type OffreBatie } from "../../feed/index.ts";
import { NAMESPACE, serialise, serialiseAround } from "../../lheo/index.ts";
import type { Notice } from "../../notices/index.ts";
import {
  checkAction,
  checkFormation,
  fusionner,
  written,
  type Xsd,
  type XsdDefect,
  xsdNotices,
} from "../../validation/index.ts";

/** What the feed would say of an entry: the notices of its head, and those of each session by its number. */
export interface DitsDuFlux {
  readonly tete: readonly Notice[];
  readonly sessions: ReadonlyMap<string, readonly Notice[]>;
  /** The LHEO actions that were built, by number of session. */
  readonly actions: ReadonlyMap<string, Bati<"action">>;
}

/** Builds an entry as a feed run does and says all that it would say of it: schema, rules, what the mapping filled in. */
export async function checkAsFeed(xsd: Xsd, entree: Entree, contexte: Contexte): Promise<DitsDuFlux> {
  const offre = buildOffre(entree, contexte);
  const place = { action: entree.action.numero, organisme: entree.organisme.numero };
  const verdict = await askXsd(xsd, offre, place);
  const built = (session: string | undefined) => offre.notices.filter((one) => one.session === session);
  return {
    tete: fusionner(verdict.tete, checkFormation(offre.formation, place), built(undefined)),
    sessions: new Map(
      offre.actions.map(({ session, action }) => [
        session,
        fusionner(
          verdict.sessions.get(session) ?? [],
          checkAction(action, offre.formation, { ...place, session }),
          built(session),
        ),
      ]),
    ),
    actions: new Map(offre.actions.map(({ session, action }) => [session, action])),
  };
}

type Place = { readonly action: string; readonly organisme: string };

async function askXsd(
  xsd: Xsd,
  { formation, actions }: OffreBatie,
  place: Place,
): Promise<{ tete: readonly Notice[]; sessions: ReadonlyMap<string, readonly Notice[]> }> {
  const around = written(place, () => serialiseAround("formation", formation, "action"));
  const pieces = actions.map(({ session, action }) => ({
    session,
    ...written({ ...place, session }, () => serialise("action", action)),
  }));
  const { before, after = "" } = around.value ?? {};
  const whole = before === undefined ? [] : pieces.filter(({ value }) => value !== undefined);
  const verdicts = await xsd.validate(whole.map(({ value = "" }) => `${before}${value}${after}`));
  const ofHead = (verdicts[0] ?? []).filter((defect) => !isInAction(defect));
  const sessions = new Map<string, readonly Notice[]>();
  for (const piece of pieces) {
    const { session, value, notices } = piece;
    const verdict = verdicts[whole.indexOf(piece)];
    // With its head refused, nothing sure is said of an action: it is then asked by itself.
    const defects =
      value === undefined
        ? []
        : ofHead.length > 0 || verdict === undefined
          ? await xsd.validateDocument(asDocument(value))
          : verdict.filter(isInAction);
    sessions.set(session, [...notices, ...xsdNotices(defects, { ...place, session })]);
  }
  return { tete: [...around.notices, ...xsdNotices(ofHead, place)], sessions };
}

const isInAction = ({ steps }: XsdDefect): boolean => steps[3]?.name === "action";

const asDocument = (action: string): string =>
  `<action xmlns="${NAMESPACE}"${action.slice("<action".length)}`;
