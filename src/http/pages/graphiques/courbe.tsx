import { scaleLog, scalePoint } from "d3-scale";
import { area, line } from "d3-shape";
import { arrondi, duree, jourEnLettres } from "../format.ts";
import { Cadre, Jours } from "./cadre.tsx";
import type { Delai } from "./data.ts";

/** Where the scale is marked: durations that people have a word for. */
const REPERES = [
  { ms: 1_000, texte: "1 s" },
  { ms: 60_000, texte: "1 min" },
  { ms: 3_600_000, texte: "1 h" },
  { ms: 86_400_000, texte: "1 jour" },
];
/** Shorter ones are drawn as this one, milliseconds. */
const LEAST = 200;

interface Point {
  readonly jour: string;
  readonly median: number;
  readonly pire: number;
}

/** How long deliveries took from their hour to their arrival: the usual one, and the longest, day by day. */
export function Courbe({ id, delais, hauteur }: { id: string; delais: readonly Delai[]; hauteur: number }) {
  const days = delais.map(({ jour }) => jour);
  const known = delais.flatMap(({ jour, median, pire }): Point[] =>
    median === undefined || pire === undefined ? [] : [{ jour, median, pire }],
  );
  const most = Math.max(60_000, ...known.map(({ pire }) => pire));
  const y = scaleLog([LEAST, most], [hauteur, 0]).clamp(true);
  const x = scalePoint(days, [14, 100]).padding(0.5);
  const at = (jour: string): number => arrondi(x(jour) ?? 0);
  const high = (ms: number): number => arrondi(y(Math.max(LEAST, ms)));
  return (
    <Cadre
      id={id}
      titre="Délai entre l'heure prévue et l'arrivée, par jour"
      dit={direDelais(known)}
      hauteur={hauteur}
      graduations={REPERES.filter(({ ms }) => ms <= most).map(({ ms, texte }) => ({ y: high(ms), texte }))}
    >
      <Traits delais={delais} at={at} high={high} hauteur={hauteur} />
      {known.map(({ jour, median, pire }) => (
        <g key={jour}>
          <title>{`${jourEnLettres(jour)} : ${duree(median)} d'ordinaire, ${duree(pire)} au plus`}</title>
          <circle class="median" cx={`${at(jour)}%`} cy={high(median)} r="3.5" />
          <svg x={`${at(jour)}%`} y={high(pire)} overflow="visible" aria-hidden="true">
            <path class="pire" d="M0-5 4.5 3.5H-4.5Z" />
          </svg>
        </g>
      ))}
      <line class="socle" x1="0" x2="100%" y1={hauteur} y2={hauteur} />
      <Jours jours={days} hauteur={hauteur} milieu={at} />
    </Cadre>
  );
}

/** Lines know no percents: they are drawn in a frame that stretches, and keep their own width. */
function Traits({
  delais,
  at,
  high,
  hauteur,
}: {
  delais: readonly Delai[];
  at: (jour: string) => number;
  high: (ms: number) => number;
  hauteur: number;
}) {
  const trait = (quoi: "median" | "pire") =>
    line<Delai>()
      .defined((one) => one[quoi] !== undefined)
      .x(({ jour }) => at(jour))
      .y((one) => high(one[quoi] ?? 0))([...delais]) ?? undefined;
  const entre =
    area<Delai>()
      .defined(({ median }) => median !== undefined)
      .x(({ jour }) => at(jour))
      .y0(({ median = 0 }) => high(median))
      .y1(({ pire = 0 }) => high(pire))([...delais]) ?? undefined;
  return (
    <svg
      width="100%"
      height={hauteur}
      viewBox={`0 0 100 ${hauteur}`}
      preserveAspectRatio="none"
      overflow="visible"
      aria-hidden="true"
    >
      <path class="entre" d={entre} />
      <path class="trait-pire" d={trait("pire")} vector-effect="non-scaling-stroke" />
      <path class="trait-median" d={trait("median")} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

function direDelais(known: readonly Point[]): string {
  if (known.length === 0) return "Rien n'est arrivé dans ces jours.";
  const worst = known.reduce((a, b) => (b.pire > a.pire ? b : a));
  return `Le plus long : ${duree(worst.pire)}, le ${jourEnLettres(worst.jour)}.`;
}
