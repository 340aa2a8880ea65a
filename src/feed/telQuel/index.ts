export { applyTelQuel } from "./apply.ts";
export { diffTelQuel, type Ecart, type Perdu } from "./diff.ts";
