import { parisInstant } from "../calendar/index.ts";
import { addDays, codeCertification, firstDay, lastDay } from "../lheo/index.ts";
import type {
  Certification,
  Habilitation,
  Organisme,
  Session,
  Version,
} from "../published/contract/index.ts";
import { keyOfCertification } from "./certifications.ts";
import type { Entree } from "./entree.ts";
import { jourDe } from "./jours.ts";

/** S75: from the first mise en ligne with a certification to its CPF mention. */
export const DELAI_MENTION_CPF_MS = 24 * 3_600_000;

/** Accompagnement VAE (S82): no certificateur gives the right to do it, the Qualiopi category `vae` does. */
export const ACCOMPAGNEMENT_VAE = "CERTIFINFO83899";

/** The instant from which the mention may be shown; the édition is triggered at that minute. */
export function ouvertureMentionCpf(certifieeDepuis: Date): Date {
  return new Date(certifieeDepuis.getTime() + DELAI_MENTION_CPF_MS);
}

/** Why a certification gives no CPF mention now. */
export type RaisonSansMention =
  | { readonly code: "delai"; readonly jusqua: Date }
  | { readonly code: "certification-inconnue" }
  | { readonly code: "certification-inactive" }
  | { readonly code: "organisme-non-habilite" };

export type VerdictCpf =
  | {
      readonly affichee: true;
      /** AAAAMMJJ, first and last days of the right, where they are known. */
      readonly debut: string | undefined;
      readonly fin: string | undefined;
    }
  | { readonly affichee: false; readonly raison: RaisonSansMention };

/** What the mention of one certification depends on. */
export interface DroitCpf {
  /** First mise en ligne with that certification: later versions never start the wait again. */
  readonly certifieeDepuis: Date;
  /** As the register knows it. */
  readonly certification: Certification | undefined;
  /** Declared by the certificateur; `qualiopi` for what needs none; undefined: none. */
  readonly habilitation: Pick<Habilitation, "debut" | "fin"> | "qualiopi" | undefined;
}

/**
 * Is the mention shown at this instant? It is derived, never written into a version: 24 hours after the first mise en
 * ligne, on the days (in Paris) on which the registration is active and the OF is habilité.
 */
export function mentionCpf(
  { certifieeDepuis, certification, habilitation }: DroitCpf,
  maintenant: Date,
): VerdictCpf {
  const jour = jourDe(maintenant);
  if (certification === undefined) return sans({ code: "certification-inconnue" });
  const { debut_validite, fin_validite } = certification;
  if (!actif(jour, debut_validite, fin_validite)) return sans({ code: "certification-inactive" });
  if (habilitation === undefined) return sans({ code: "organisme-non-habilite" });
  const droit = habilitation === "qualiopi" ? {} : habilitation;
  if (!actif(jour, droit.debut, droit.fin)) return sans({ code: "organisme-non-habilite" });
  const jusqua = ouvertureMentionCpf(certifieeDepuis);
  if (maintenant < jusqua) return sans({ code: "delai", jusqua });
  return {
    affichee: true,
    debut: extreme([premier(debut_validite), premier(droit.debut)], (a, b) => a > b),
    fin: extreme([dernier(fin_validite), dernier(droit.fin)], (a, b) => a < b),
  };
}

/**
 * The instants in ]after, until] at which the mention appears or disappears, in order: its opening, and the midnights
 * in Paris at which the registration or the right begins or is over.
 */
export function momentsCpf(droit: DroitCpf, after: Date, until: Date): readonly Date[] {
  const { certifieeDepuis, certification, habilitation } = droit;
  const droits = habilitation === undefined || habilitation === "qualiopi" ? {} : habilitation;
  const debuts = [premier(certification?.debut_validite), premier(droits.debut)];
  const fins = [dernier(certification?.fin_validite), dernier(droits.fin)];
  const minuits = [...debuts, ...fins.map((fin) => (fin === undefined ? undefined : addDays(fin, 1)))];
  const candidats = new Set([
    ouvertureMentionCpf(certifieeDepuis).getTime(),
    ...minuits.flatMap((jour) => (jour === undefined ? [] : parisInstant(jour).getTime())),
  ]);
  const affichee = (ms: number) => mentionCpf(droit, new Date(ms)).affichee;
  return [...candidats]
    .filter((ms) => ms > after.getTime() && ms <= until.getTime() && affichee(ms) !== affichee(ms - 1))
    .sort((a, b) => a - b)
    .map((ms) => new Date(ms));
}

/** One certification of a session whose mention is shown. */
export interface MentionCpf {
  /** {@link keyOfCertification}. */
  readonly certification: string;
  readonly codeCpf: string | undefined;
  readonly debut: string | undefined;
  readonly fin: string | undefined;
}

/**
 * The mentions of a session at this instant: those of the certifications it aims at, or of the action when it names
 * none. Formation continue alone: the CPF pays neither contracts of alternance nor initial training.
 */
export function mentionsCpf(
  entree: Omit<Entree, "sessions">,
  session: Pick<Version<Pick<Session, "voie" | "certifications">>, "contenu" | "premiereMiseEnLigneAt">,
  maintenant: Date,
): readonly MentionCpf[] {
  const { contenu } = session;
  if (contenu.voie !== "formation_continue") return [];
  const { action, organisme } = entree;
  const visees = contenu.certifications.length > 0 ? contenu.certifications : action.contenu.certifications;
  const mentions = new Map<string, MentionCpf>();
  for (const codes of visees) {
    const certification = keyOfCertification(codes);
    if (certification === undefined || mentions.has(certification)) continue;
    const verdict = mentionCpf(droitCpf(entree, certification, organisme.contenu, session), maintenant);
    if (!verdict.affichee) continue;
    const { debut, fin } = verdict;
    mentions.set(certification, { certification, codeCpf: codeCpfDe(entree, certification), debut, fin });
  }
  return [...mentions.values()];
}

/**
 * What the entry knows of the right of its OF to one certification. One that only the session names is counted from
 * its own first mise en ligne: no later edit starts the wait again.
 */
function droitCpf(
  entree: Pick<Entree, "certifications" | "habilitations" | "certifieeDepuis">,
  certification: string,
  organisme: Pick<Organisme, "qualiopi">,
  { premiereMiseEnLigneAt }: Pick<Version<unknown>, "premiereMiseEnLigneAt">,
): DroitCpf {
  return {
    certifieeDepuis: entree.certifieeDepuis.get(certification) ?? premiereMiseEnLigneAt,
    certification: entree.certifications.get(certification),
    habilitation: droitDe(organisme, certification, entree.habilitations.get(certification)),
  };
}

/** The right of an OF to a certification, its habilitation known. */
export function droitDe(
  { qualiopi }: Pick<Organisme, "qualiopi">,
  certification: string,
  habilitation: Habilitation | undefined,
): DroitCpf["habilitation"] {
  return certification === ACCOMPAGNEMENT_VAE && qualiopi.includes("vae") ? "qualiopi" : habilitation;
}

/** The CPF code that the action gives to that certification. */
function codeCpfDe({ action }: Pick<Entree, "action">, certification: string): string | undefined {
  const codes = action.contenu.certifications.find(
    (candidate) => keyOfCertification(candidate) === certification,
  );
  return codeCertification("CPF", codes?.code_cpf ?? "")?.cle;
}

const sans = (raison: RaisonSansMention): VerdictCpf => ({ affichee: false, raison });

type Date8 = string | null | undefined;
const premier = (date: Date8): string | undefined => firstDay(date ?? "");
const dernier = (date: Date8): string | undefined => lastDay(date ?? "");

/** First to last day included; an unknown bound bounds nothing. */
function actif(jour: string, debut: Date8, fin: Date8): boolean {
  return (premier(debut) ?? jour) <= jour && jour <= (dernier(fin) ?? jour);
}

function extreme(
  days: readonly (string | undefined)[],
  before: (a: string, b: string) => boolean,
): string | undefined {
  return days.reduce(
    (kept, day) => (kept === undefined || (day !== undefined && before(day, kept)) ? day : kept),
    undefined,
  );
}
