import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import { abrege, arrondi, compter, jourEnLettres, nombre } from "../format.ts";
import { Cadre, Jours, LARGEUR } from "./cadre.tsx";
import { FINS, type Fin, type Jour, somme, total } from "./data.ts";

export const MOTS_FIN: Readonly<Record<Fin, readonly [string, string]>> = {
  arrivees: ["arrivée", "arrivées"],
  refusees: ["refusée ou abandonnée", "refusées ou abandonnées"],
  autres: ["remplacée ou annulée", "remplacées ou annulées"],
};

const MOTS_COURTS: Readonly<Record<Fin, readonly [string, string]>> = {
  arrivees: ["arrivée", "arrivées"],
  refusees: ["refusée", "refusées"],
  autres: ["remplacée", "remplacées"],
};

/** `12 arrivées, 1 refusée`: only what there is. */
export function direComptes(comptes: Readonly<Record<Fin, number>>): string {
  const said = FINS.filter((fin) => comptes[fin] > 0).map((fin) =>
    compter(comptes[fin], ...MOTS_COURTS[fin]),
  );
  return said.length === 0 ? "aucune" : said.join(", ");
}

const piles = stack<Jour, Fin>()
  .keys([...FINS])
  .value((jour, fin) => jour[fin]);

/** What ended each day, one on the other: each end has its colour and its pattern. */
export function Barres({
  id,
  titre,
  jours,
  hauteur,
  petit = false,
}: {
  id: string;
  titre: string;
  jours: readonly Jour[];
  /** Of the plot, in pixels. */
  hauteur: number;
  /** One of many: only the highest is said, and the first and last days. */
  petit?: boolean;
}) {
  const most = Math.max(1, ...jours.map(total));
  const y = scaleLinear([0, most], [hauteur, 0]);
  if (!petit) y.nice(4);
  const x = scaleBand(
    jours.map(({ jour }) => jour),
    LARGEUR,
  ).padding(0.22);
  const at = (jour: string): number => x(jour) ?? 0;
  const steps = petit ? [most] : y.ticks(4).filter((tick) => tick > 0 && Number.isInteger(tick));
  const said = petit ? jours.filter((_, rang) => rang === 0 || rang === jours.length - 1) : jours;
  return (
    <Cadre
      id={id}
      titre={titre}
      dit={`En ${jours.length} jours : ${direComptes(somme(jours))}.`}
      hauteur={hauteur}
      graduations={steps.map((tick) => ({ y: y(tick), texte: nombre(tick) }))}
    >
      {jours.map((jour) => (
        <g key={jour.jour}>
          <title>{`${jourEnLettres(jour.jour)} : ${direComptes(jour)}`}</title>
          {piles([jour]).map((pile) => {
            const [[low, high] = [0, 0]] = pile;
            if (high === low) return null;
            return (
              <rect
                class={pile.key}
                fill={remplissage(pile.key)}
                x={`${arrondi(at(jour.jour))}%`}
                width={`${arrondi(x.bandwidth())}%`}
                y={arrondi(y(high))}
                height={arrondi(Math.max(1, y(low) - y(high)))}
                key={pile.key}
              />
            );
          })}
          {petit || total(jour) === 0 ? null : (
            <text
              class={total(jour) > 999 ? "somme large" : "somme"}
              x={`${arrondi(at(jour.jour) + x.bandwidth() / 2)}%`}
              y={arrondi(y(total(jour)) - 4)}
              text-anchor="middle"
            >
              {abrege(total(jour))}
            </text>
          )}
        </g>
      ))}
      <line class="socle" x1="0" x2="100%" y1={hauteur} y2={hauteur} />
      <Jours
        jours={said.map(({ jour }) => jour)}
        hauteur={hauteur}
        milieu={(jour) => arrondi(at(jour) + x.bandwidth() / 2)}
      />
    </Cadre>
  );
}

/** How an end is filled: a pattern beside its colour, drawn once by {@link Motifs}. */
export const remplissage = (fin: Fin): string | undefined =>
  fin === "arrivees" ? undefined : `url(#motif-${fin})`;
