import type { z } from "zod";
import type { Contexte, Entree } from "../../../src/feed/index.ts";
import {
  type Action,
  type Organisme,
  type Session,
  type Version,
  zAction,
  zCertification,
  zHabilitation,
  zOrganisme,
  zSession,
} from "../../../src/published/contract/index.ts";
import {
  uneAction,
  uneCertification,
  uneHabilitation,
  uneSession,
  unOrganisme,
} from "../../support/offre.ts";

/** 2 March 2026, 8 h in Paris; everything below was published a month before. */
export const CONTEXTE: Contexte = { base: "75", maintenant: new Date("2026-03-02T07:00:00Z") };
export const PUBLIEE = new Date("2026-02-02T09:30:00Z");

export function versionOf<T>(numero: string, contenu: T, misEnLigneAt = PUBLIEE): Version<T> {
  return { numero, version: 1, contenu, misEnLigneAt, premiereMiseEnLigneAt: misEnLigneAt };
}

export const organismeOf = (fields: Partial<z.input<typeof zOrganisme>> = {}): Version<Organisme> =>
  versionOf("OF1", zOrganisme.parse(unOrganisme(fields)));

export const actionOf = (fields: Partial<z.input<typeof zAction>> = {}): Version<Action> =>
  versionOf("A1", zAction.parse(uneAction(fields)));

export const sessionOf = (fields: Partial<z.input<typeof zSession>> = {}, numero = "S1"): Version<Session> =>
  versionOf(numero, zSession.parse(uneSession(fields)));

export const certificationOf = (fields: Partial<z.input<typeof zCertification>> = {}) =>
  zCertification.parse(uneCertification(fields));

export const habilitationOf = (fields: Partial<z.input<typeof zHabilitation>> = {}) =>
  zHabilitation.parse(uneHabilitation(fields));

/** An entry of one plain session; a test gives what it is about. */
export function entreeOf(parts: Partial<Entree> = {}): Entree {
  return {
    organisme: organismeOf(),
    action: actionOf(),
    sessions: [sessionOf()],
    certifications: new Map(),
    habilitations: new Map(),
    certifieeDepuis: new Map(),
    ...parts,
  };
}
