import { zTexte } from "../pages/texte.ts";

/** A number of ours in an address or a form; undefined when it is none. */
export const zId = zTexte.transform((text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined));
