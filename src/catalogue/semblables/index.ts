/** Likely duplicates (S53): said, with where they are, never refused. */
export { type ActionSemblable, type Saisie, similarActions } from "./actions.ts";
export { type SessionSemblable, similarSessions } from "./sessions.ts";
