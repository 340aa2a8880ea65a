import type { z } from "zod";
import { zAction, zSession } from "../published/contract/index.ts";

/**
 * What a form holds: a record of the contract that may still lack fields. The organisme of an action and the action of a
 * session are not typed: they are where the form belongs.
 */
export const zBrouillonAction = zAction.omit({ organisme: true, conventionnee: true }).partial();
export const zBrouillonSession = zSession.omit({ action: true }).partial();

export type BrouillonAction = z.infer<typeof zBrouillonAction>;
export type BrouillonSession = z.infer<typeof zBrouillonSession>;
