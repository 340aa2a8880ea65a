import { readFile } from "node:fs/promises";
import { ParseOption, XmlDocument, XsdValidator } from "libxml2-wasm";

/**
 * One check of a whole document by libxml2, as a product without our slicing would do it: the tree is in memory.
 *
 * @throws Error when the document does not obey the schema
 */
export async function checkWholeDocument(file: string, schema: string): Promise<void> {
  using xsd = XmlDocument.fromBuffer(await readFile(schema));
  using validator = XsdValidator.fromDoc(xsd);
  using document = XmlDocument.fromBuffer(await readFile(file), {
    option: ParseOption.XML_PARSE_HUGE | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_COMPACT,
  });
  validator.validate(document);
}
