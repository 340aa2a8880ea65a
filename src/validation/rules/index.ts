export { checkAction } from "./action.ts";
export type { Action, Contexte, Formation, Session } from "./constats.ts";
export { checkFormation } from "./formation.ts";
export { createUniqueness, type Uniqueness } from "./unicite.ts";
