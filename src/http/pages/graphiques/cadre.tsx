import type { ComponentChildren } from "preact";
import { jourCourt, moisCourt } from "../format.ts";

/** Of the drawing itself, in pixels; across it everything is in percents, so that letters keep their size. */
const HAUT = 12;
/** Below: two lines of letters. */
const BAS = 34;
/** Where bars and lines stand, in percents of the width: what says the scale is on their left. */
export const LARGEUR: [number, number] = [8, 100];

/** A graduation: how high it is and what it says. */
interface Graduation {
  readonly y: number;
  readonly texte: string;
}

/** A drawing over days: its title and what it says are read aloud, all its figures are in the table beside it. */
export function Cadre({
  id,
  titre,
  dit,
  hauteur,
  graduations,
  children,
}: {
  id: string;
  titre: string;
  /** In one sentence. */
  dit: string;
  /** Of the plot, without what stands below. */
  hauteur: number;
  graduations: readonly Graduation[];
  children: ComponentChildren;
}) {
  return (
    <svg
      class="graphique"
      role="img"
      aria-labelledby={`${id}-titre ${id}-dit`}
      width="100%"
      height={HAUT + hauteur + BAS}
    >
      <title id={`${id}-titre`}>{titre}</title>
      <desc id={`${id}-dit`}>{dit}</desc>
      <g transform={`translate(0 ${HAUT})`}>
        {graduations.map(({ y, texte }) => (
          <g key={texte}>
            <line class="grille" x1="0" x2="100%" y1={y} y2={y} />
            <text class="echelle" x="0" y={y - 3}>
              {texte}
            </text>
          </g>
        ))}
        {children}
      </g>
    </svg>
  );
}

/** The days below a drawing: each its number, the month where it begins. */
export function Jours({
  jours,
  hauteur,
  milieu,
}: {
  jours: readonly string[];
  hauteur: number;
  /** Middle of a day, in percents. */
  milieu: (jour: string) => number;
}) {
  return (
    <>
      {jours.map((jour, rang) => (
        <text class="jour" x={`${milieu(jour)}%`} y={hauteur + 15} text-anchor="middle" key={jour}>
          {jourCourt(jour)}
          {rang === 0 || jour.endsWith("01") ? (
            <tspan class="mois" x={`${milieu(jour)}%`} dy="14">
              {moisCourt(jour)}
            </tspan>
          ) : null}
        </text>
      ))}
    </>
  );
}
