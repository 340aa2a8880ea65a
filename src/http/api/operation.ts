import type { Knex } from "knex";
import type { z } from "zod";
import type { Auteur, Conflit, Refus, RoleCatalogue, Verificateur } from "../../catalogue/index.ts";

/** What an operation works with. */
export interface Contexte {
  readonly db: Knex;
  readonly verificateur: Verificateur;
  /** The structure of the key, and what it may. */
  readonly auteur: Auteur;
  /** The number in the address; 0 where there is none. */
  readonly id: number;
}

/** Nothing of that number that the key may see. */
export const INTROUVABLE = Symbol("introuvable");

export type Reponse<R> = R | Refus | Conflit<unknown> | typeof INTROUVABLE;

/** One operation of the API: the same declaration makes the route, its checks and its description. */
export interface Operation {
  readonly nom: string;
  readonly methode: "GET" | "POST" | "PUT";
  /** Below `/api/v1`; `{id}` is a number of ours. */
  readonly chemin: string;
  readonly resume: string;
  readonly theme: string;
  /** Keys of which structures; all when absent. */
  readonly roles?: readonly RoleCatalogue[];
  readonly query?: z.ZodType;
  readonly corps?: z.ZodType;
  readonly statut: 200 | 201;
  readonly reponse: z.ZodType;
  run(contexte: Contexte, query: unknown, corps: unknown): Promise<Reponse<object>>;
}

interface Declaree<Q extends z.ZodType, C extends z.ZodType, R extends z.ZodType>
  extends Omit<Operation, "query" | "corps" | "reponse" | "run" | "statut"> {
  readonly query?: Q;
  readonly corps?: C;
  readonly statut?: 201;
  readonly reponse: R;
  run(contexte: Contexte, query: z.output<Q>, corps: z.output<C>): Promise<Reponse<z.input<R> & object>>;
}

/** Ties what is read and answered to its schemas; the route gives `run` only what they have read. */
export function operation<
  R extends z.ZodType,
  Q extends z.ZodType = z.ZodUndefined,
  C extends z.ZodType = z.ZodUndefined,
>(declaree: Declaree<Q, C, R>): Operation {
  const { run, statut = 200, ...rest } = declaree;
  return {
    ...rest,
    statut,
    run: (contexte, query, corps) => run(contexte, query as z.output<Q>, corps as z.output<C>),
  };
}

export const estConflit = (answer: object): answer is Conflit<unknown> => "conflit" in answer;
