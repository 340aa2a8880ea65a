import { createReadStream } from "node:fs";
import { compareNumeros } from "../../published/index.ts";
import { departementOf } from "./departement.ts";
import { type Entete, lineOf, type Offre, VERSION } from "./offre.ts";
import { isNamed, numeroOf, type Tag, TagWalker, unescapeXml } from "./tags.ts";

/** Small enough that a piece is walked in less than a millisecond or so: others are served in between. */
const PIECE = 128 * 1024;

/**
 * Reads a feed once and writes where each of its offers is: a first line about the feed, then one line for each offer,
 * in the order of the numbers of formations.
 * @param path of the XML, well-formed, as the store keeps it
 */
export async function buildSommaire(path: string): Promise<string> {
  const reading = new Reading();
  for await (const piece of createReadStream(path, { highWaterMark: PIECE }) as AsyncIterable<Buffer>)
    reading.write(piece);
  return reading.end();
}

/** Elements that are looked at, by depth; what stands inside an `extras` never comes at the same depth by the same way. */
const FORMATION = Buffer.from("formation");
const ACTION = Buffer.from("action");
const SESSION = Buffer.from("session");
const DOMAINE = Buffer.from("domaine-formation");
const FORMACODE = Buffer.from("code-FORMACODE");
const LIEU = Buffer.from("lieu-de-formation");
const COORDONNEES = Buffer.from("coordonnees");
const ADRESSE = Buffer.from("adresse");
const DEPARTEMENT = Buffer.from("departement");
const INSEE = Buffer.from("code-INSEE-commune");
const CODE_POSTAL = Buffer.from("codepostal");

type Zone = "domaine" | "lieu" | undefined;

type Adresse = Parameters<typeof departementOf>[0];

interface ActionLue {
  readonly numero: string;
  readonly debut: number;
  fin: number;
  readonly sessions: string[];
  readonly departements: string[];
}

class Reading {
  readonly #walker = new TagWalker({ open: (tag) => this.#open(tag), close: (tag) => this.#close(tag) });
  readonly #lines: { readonly formation: string; readonly line: string }[] = [];
  #sorted = true;
  #octets = 0;
  #avant: number | undefined;
  #apres = 0;
  #formation: { readonly numero: string; readonly debut: number } | undefined;
  #actions: ActionLue[] = [];
  #formacodes: string[] = [];
  /** Where we are, below the formation or its action. */
  #zone: Zone;
  /** `coordonnees`, then its `adresse`, are open. */
  #coordonnees = false;
  #adresse: Adresse | undefined;
  /** Takes the text of the leaf that is open. */
  #leaf: { readonly from: number; readonly take: (text: string) => void } | undefined;

  write(piece: Buffer): void {
    this.#octets += piece.length;
    this.#walker.write(piece);
  }

  end(): string {
    if (!this.#sorted) this.#lines.sort((a, b) => compareNumeros(a.formation, b.formation));
    const entete: Entete = {
      version: VERSION,
      offres: this.#lines.length,
      avant: this.#avant ?? this.#octets,
      apres: this.#avant === undefined ? this.#octets : this.#apres,
      octets: this.#octets,
    };
    return [JSON.stringify(entete), ...this.#lines.map(({ line }) => line)].join("\n");
  }

  #open(tag: Tag): void {
    const { depth } = tag;
    if (depth === 3) {
      if (isNamed(tag, FORMATION)) this.#openFormation(tag);
    } else if (this.#formation === undefined || depth < 3 || depth > 8) return;
    else if (depth === 4) this.#openPart(tag);
    else if (depth === 5) this.#openDetail(tag);
    else if (this.#zone === "lieu") this.#openPlace(tag);
  }

  #openFormation(tag: Tag): void {
    this.#avant ??= tag.start;
    this.#formation = { numero: numeroOf(tag), debut: tag.start };
    this.#actions = [];
    this.#formacodes = [];
  }

  #openPart(tag: Tag): void {
    if (isNamed(tag, ACTION))
      this.#actions.push({ numero: numeroOf(tag), debut: tag.start, fin: 0, sessions: [], departements: [] });
    else if (isNamed(tag, DOMAINE)) this.#zone = "domaine";
  }

  #openDetail(tag: Tag): void {
    if (this.#zone === "domaine") {
      if (isNamed(tag, FORMACODE)) this.#take(tag, (text) => this.#formacodes.push(text));
      return;
    }
    const action = this.#openAction();
    if (action === undefined) return;
    if (isNamed(tag, SESSION)) action.sessions.push(numeroOf(tag));
    else if (isNamed(tag, LIEU)) this.#zone = "lieu";
  }

  #openPlace(tag: Tag): void {
    if (tag.depth === 6) this.#coordonnees = isNamed(tag, COORDONNEES);
    else if (tag.depth === 7) this.#adresse = this.#coordonnees && isNamed(tag, ADRESSE) ? {} : undefined;
    else if (this.#adresse !== undefined) {
      const put = (part: Adresse) => {
        this.#adresse = { ...this.#adresse, ...part };
      };
      if (isNamed(tag, DEPARTEMENT)) this.#take(tag, (departement) => put({ departement }));
      else if (isNamed(tag, INSEE)) this.#take(tag, (insee) => put({ insee }));
      else if (isNamed(tag, CODE_POSTAL)) this.#take(tag, (codePostal) => put({ codePostal }));
    }
  }

  #take({ end }: Tag, take: (text: string) => void): void {
    this.#leaf = { from: end, take };
    this.#walker.keepFrom = end;
  }

  #close(tag: Tag): void {
    const leaf = this.#leaf;
    if (leaf !== undefined) {
      // An empty element closes where it opened, before what it holds.
      leaf.take(unescapeXml(this.#walker.text(leaf.from, Math.max(leaf.from, tag.start))).trim());
      this.#leaf = undefined;
      this.#walker.keepFrom = Number.POSITIVE_INFINITY;
    }
    const { depth } = tag;
    if (this.#formation === undefined || depth < 3 || depth > 7) return;
    if (depth === 7 && this.#adresse !== undefined) {
      const departement = departementOf(this.#adresse);
      const known = this.#openAction()?.departements;
      if (departement !== "" && known?.includes(departement) === false) known.push(departement);
      this.#adresse = undefined;
    } else if (depth === 5 && this.#zone === "lieu") this.#zone = undefined;
    else if (depth === 4) {
      this.#zone = undefined;
      const action = this.#openAction();
      if (action !== undefined && isNamed(tag, ACTION)) action.fin = tag.end;
    } else if (depth === 3) this.#endFormation(tag.end);
  }

  /** The action that is being read; none between two of them. */
  #openAction(): ActionLue | undefined {
    const last = this.#actions.at(-1);
    return last?.fin === 0 ? last : undefined;
  }

  #endFormation(fin: number): void {
    const formation = this.#formation;
    if (formation === undefined) return;
    this.#formation = undefined;
    this.#apres = fin;
    const { numero, debut } = formation;
    const common = {
      formation: numero,
      debut,
      fin,
      debutDesActions: this.#actions[0]?.debut ?? fin,
      finDesActions: this.#actions.at(-1)?.fin ?? fin,
      formacodes: this.#formacodes,
    };
    const none = { numero: "", debut: fin, fin, sessions: [], departements: [] };
    for (const action of this.#actions.length === 0 ? [none] : this.#actions)
      this.#add({
        ...common,
        action: action.numero,
        debutDeLAction: action.debut,
        finDeLAction: action.fin,
        sessions: action.sessions,
        departements: action.departements,
      });
  }

  #add(offre: Offre): void {
    const last = this.#lines.at(-1);
    if (last !== undefined && compareNumeros(last.formation, offre.formation) > 0) this.#sorted = false;
    this.#lines.push({ formation: offre.formation, line: lineOf(offre) });
  }
}
