import { readFileSync } from "node:fs";
import { XmlDocument, XmlValidateError, XsdValidator } from "libxml2-wasm";

export const XSD = new URL("../../xsd/lheo-2.3.xsd", import.meta.url);

/** Our schema by libxml2, with nothing of ours between: the messages of a document, none when it is valid. */
export function schemaVerdicts(): {
  readonly messages: (xml: string) => string[];
  readonly close: () => void;
} {
  using schema = XmlDocument.fromString(readFileSync(XSD, "utf8"));
  const validator = XsdValidator.fromDoc(schema);
  return {
    messages(xml) {
      using document = XmlDocument.fromString(xml);
      try {
        validator.validate(document);
        return [];
      } catch (error) {
        if (error instanceof XmlValidateError) return error.details.map((detail) => detail.message.trim());
        throw error;
      }
    },
    close: () => validator.dispose(),
  };
}
