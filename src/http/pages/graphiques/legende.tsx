import { compter } from "../format.ts";
import { MOTS_FIN, remplissage } from "./barres.tsx";
import { type Comptes, FINS } from "./data.ts";

/** Patterns of the drawings, once on a page: what an end is does not rest on its colour alone. */
export function Motifs() {
  return (
    <svg class="cache" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern
          id="motif-refusees"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="fond" width="6" height="6" />
          <rect class="refusees" width="3" height="6" />
        </pattern>
        <pattern id="motif-autres" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect class="fond" width="5" height="5" />
          <circle class="autres" cx="2.5" cy="2.5" r="1.4" />
        </pattern>
      </defs>
    </svg>
  );
}

/** What each filling is, with how many there were. */
export function Legende({ comptes }: { comptes: Comptes }) {
  return (
    <ul class="legende">
      {FINS.map((fin) => (
        <li key={fin}>
          <svg class="graphique" width="14" height="14" aria-hidden="true" focusable="false">
            <rect class={fin} fill={remplissage(fin)} x="0.5" y="0.5" width="13" height="13" />
          </svg>
          {compter(comptes[fin], ...MOTS_FIN[fin])}
        </li>
      ))}
    </ul>
  );
}

export function LegendeDelais() {
  return (
    <ul class="legende">
      <li>
        <svg class="graphique" width="26" height="14" aria-hidden="true" focusable="false">
          <line class="trait-median" x1="0" x2="26" y1="7" y2="7" />
          <circle class="median" cx="13" cy="7" r="3.5" />
        </svg>
        d'ordinaire (la moitié vont plus vite)
      </li>
      <li>
        <svg class="graphique" width="26" height="14" aria-hidden="true" focusable="false">
          <line class="trait-pire" x1="0" x2="26" y1="7" y2="7" />
          <path class="pire" d="M13 2 17.5 10.5H8.5Z" />
        </svg>
        la plus longue
      </li>
    </ul>
  );
}
