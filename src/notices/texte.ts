import { defineNotices } from "./rule.ts";

/** What is done to a text before it is written: said, never silent. */
export const noticesTexte = defineNotices({
  "texte-caractere-interdit": {
    severity: "avertissement",
    titre: "Caractère interdit en XML",
    sentence: ({ value, attendu }) =>
      `Le texte « ${value} » contenait un caractère que XML n'accepte pas (${attendu}) : il a été retiré. Ressaisissez ce passage sans copier-coller.`,
    who: "organisme",
    source: "XML 1.0 §2.2, S142",
  },
});
