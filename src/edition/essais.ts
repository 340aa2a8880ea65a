import type { Knex } from "knex";
import { type Contexte, perimetre } from "../feed/index.ts";
import type { Session, Version } from "../published/contract/index.ts";
import { olderVersions, selected } from "../published/index.ts";
import type { Xsd } from "../validation/index.ts";
import type { Essais, Head } from "./choix.ts";
import { judge } from "./jugement.ts";
import type { Part } from "./preparation.ts";
import type { Plan } from "./sorties.ts";
import { entreeOf, type Unite } from "./unites.ts";
import { buildVariante, type Variante } from "./variante.ts";

/** Older versions looked at before a record is given up for this run. */
const SESSIONS_BACK = 10;
const HEADS_BACK = 3;

export interface EssaisOptions {
  readonly trx: Knex.Transaction;
  readonly plan: Plan;
  readonly contexte: Contexte;
  readonly xsd: Xsd;
}

/** Tries older versions of the records of one unit; what was built is kept for the other streams of the unit. */
export class Retour {
  private readonly built = new Map<string, Promise<Variante>>();
  private readonly unite: Unite;
  private readonly options: EssaisOptions;

  constructor(unite: Unite, options: EssaisOptions) {
    this.unite = unite;
    this.options = options;
  }

  /** As one stream sees it: older versions are in its scope too. */
  essais({ sortie, variante }: Part): Essais {
    const { plan } = this.options;
    const [profil] = sortie.profils;
    return {
      olderSessions: async (session) => {
        const older = await this.older("session", session, SESSIONS_BACK);
        return older.filter(
          (version) =>
            version.contenu.action === session.contenu.action &&
            variante !== undefined &&
            perimetre(profil, variante.entree, version, plan.jour, plan.profils).dans,
        );
      },
      olderHeads: async () => (variante === undefined ? [] : this.heads(variante.entree, sortie.watermark)),
      build: (head, sessions) => this.build(head, sessions),
    };
  }

  private async heads({ action, organisme }: Head, watermark: number): Promise<readonly Head[]> {
    const { unite } = this;
    const actions = await this.older("action", action, HEADS_BACK);
    const organismes = await this.older("organisme", organisme, HEADS_BACK);
    return [
      ...actions.flatMap((older) => {
        if (older.contenu.organisme === organisme.numero) return entreeOf(unite, older, organisme);
        const other = unite.organismes.get(older.contenu.organisme);
        const version = other === undefined ? undefined : selected(other, watermark);
        return version === undefined ? [] : entreeOf(unite, older, version);
      }),
      ...organismes.map((older) => entreeOf(unite, action, older)),
    ];
  }

  private async older<K extends "session" | "action" | "organisme">(
    kind: K,
    { numero, version }: { readonly numero: string; readonly version: number },
    limit: number,
  ) {
    return version === 1 ? [] : olderVersions(this.options.trx, kind, numero, version, limit);
  }

  private build(head: Head, sessions: readonly Version<Session>[]): Promise<Variante> {
    const key = JSON.stringify([
      head.action.version,
      head.organisme.numero,
      head.organisme.version,
      sessions.map(({ numero, version }) => [numero, version]),
    ]);
    const known = this.built.get(key);
    if (known !== undefined) return known;
    const made = this.validated(buildVariante({ ...head, sessions }, this.options.contexte));
    this.built.set(key, made);
    return made;
  }

  private async validated(variante: Variante): Promise<Variante> {
    await judge(this.options.xsd, [variante]);
    return variante;
  }
}
