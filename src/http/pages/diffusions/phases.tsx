import { type NomPhase, type Phase, phasesOf } from "../../../delivery/index.ts";
import { arrondi, duree } from "../format.ts";

const MOTS: Readonly<Record<NomPhase, string>> = {
  jeton: "Jeton d'accès demandé",
  dns: "Nom résolu (DNS)",
  tcp: "Connexion (TCP)",
  tls: "Chiffrement (TLS)",
  ssh: "Serveur reconnu (SSH)",
  authentification: "Identification",
  envoi: "Envoi du fichier",
  attente: "Premier octet de la réponse",
  reponse: "Corps de la réponse",
  renommage: "Fichier mis en place",
};

/** Where the time of an attempt went: one line per phase, drawn from when it began to when it ended. */
export function Phases({
  detail,
  abouti,
}: {
  /** Of the attempt. */
  detail: Readonly<Record<string, unknown>>;
  /** It went to its end, whatever was answered. */
  abouti: boolean;
}) {
  const phases = phasesOf(detail);
  if (phases.length === 0) return null;
  const total = phases.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <>
      <ol class="cascade" aria-label="Où le temps est passé">
        {placed(phases, total).map(({ nom, ms, x, width }, rang) => {
          const stopped = !abouti && rang === phases.length - 1;
          return (
            <li class={stopped ? "souci" : undefined} key={rang}>
              <span>
                {MOTS[nom]}
                {stopped ? <strong> arrêté là</strong> : null}
              </span>
              <svg aria-hidden="true" focusable="false" width="100%" height="10">
                <rect class="rail" width="100%" height="10" rx="3" />
                <rect class="passe" x={`${x}%`} width={`${width}%`} height="10" rx="2" />
              </svg>
              <span class="nombre">{ms < 1 ? "< 1 ms" : duree(ms)}</span>
            </li>
          );
        })}
      </ol>
      {isReused(phases) ? <p class="discret">Connexion réutilisée : ni DNS, ni TCP, ni TLS.</p> : null}
    </>
  );
}

/** Narrower, it is not seen; percents. */
const THIN = 0.6;

/** Each phase from where the one before ended, in percents of the whole. */
function placed(phases: readonly Phase[], total: number) {
  let before = 0;
  return phases.map((phase) => {
    const width = Math.max(THIN, total === 0 ? 100 / phases.length : (phase.ms / total) * 100);
    const x = Math.min(total === 0 ? 0 : (before / total) * 100, 100 - width);
    before += phase.ms;
    return { ...phase, x: arrondi(x), width: arrondi(width) };
  });
}

/** It had its answer over HTTP without a connection of its own. */
const isReused = (phases: readonly Phase[]): boolean =>
  phases.some(({ nom }) => nom === "attente") && phases.every(({ nom }) => nom !== "tcp");
