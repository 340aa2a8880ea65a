/**
 * The LHEO 2.3 language: what an offer of training looks like as XML, and nothing of how ours is made. Pure: no
 * I/O, no clock, no state. `xsd/lheo-2.3.xsd` is the only truth about it; the table and the types are generated.
 *
 * Glossary (LHEO's nouns stay in French):
 *
 * - *formation*: a course as taught by one body; it holds its actions.
 * - *action*: one way of giving it (place, rhythm, price, public); it holds its sessions.
 * - *session*: one dated run of an action, which people enrol in.
 * - *organisme responsable*: the body that holds the NDA and answers for the course; *organisme formateur*: the one
 *   that teaches; *organisme financeur*: one that pays.
 * - *lieu de formation*: where an action happens; *coordonnées*: name, address, phones, mail of anyone.
 * - *certification*: what the course leads to (RNCP, RS, CertifInfo...); *bloc de compétences*: a part of one.
 * - *numéro*: what identifies a formation, an action, a session; opaque, never parsed, never changed.
 * - *extras*, *extra*: where what the language does not name travels, named by its `info` attribute.
 * - *clé*: a code of a *dictionnaire* (`dict-…`); *leaf*: an element that holds a text.
 * - *défaut*: what is wrong in a value or a document without stopping us.
 * - *value*: an element as a JavaScript value, see `values.ts`: children by name, attributes under `"@"`, the text of
 *   a leaf with attributes under `"#"`.
 */
export { type CutAction, type CutFormation, cutFormation } from "./actions.ts";
export { clean } from "./clean.ts";
export { cleanText } from "./cleanText.ts";
export * from "./codes.ts";
export * from "./dates.ts";
export { type Defaut, type DefautKind, pathOf, type Step } from "./defaut.ts";
export * from "./elements.ts";
export { ENVELOPE, serialiseDocument } from "./envelope.ts";
export { LheoError } from "./errors.ts";
export { escapeAttribute } from "./escape.ts";
export { DICTS } from "./generated/dicts.ts";
export { NAMESPACE, XSD_VERSION } from "./generated/elements.ts";
export type * from "./generated/types.ts";
export * from "./identifiers.ts";
export { type LheoVersion, NAMESPACES } from "./namespaces.ts";
export { normalise } from "./normalise.ts";
export { parse } from "./parse.ts";
export { serialise, serialiseAround } from "./serialise.ts";
export * from "./split.ts";
export { normaliseText, writtenLength } from "./text.ts";
export * from "./values.ts";
