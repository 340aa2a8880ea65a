// @ts-check
/**
 * The XSD worker: libxml2 as wasm, one compiled schema per reading. Plain JavaScript on purpose: a TypeScript loader
 * inside the thread costs 150 MB and half a second on Node 20, the thread itself 25 MB. Its types come from
 * `xsdProtocol.ts` and `tsc` checks them.
 *
 * @import { Lecture, LotWork, WorkerData, WorkerReply, WorkerRequest, XsdDefect, XsdStep } from "./xsdProtocol.ts"
 */
import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import {
  ParseOption,
  XmlCData,
  XmlDocument,
  XmlElement,
  XmlLibError,
  XmlText,
  XsdValidator,
} from "libxml2-wasm";

/** A document that is wrong everywhere is not described everywhere. */
const MOST_DEFECTS = 100;
const MOST_SIBLINGS = 200;
const MOST_VALUE = 1000;
const LHEO = "http://lheo.gouv.fr/2.3";

/**
 * No network, no DTD, no external entity. Not `NOBLANKS`, though it is a little faster: it drops the blanks beside a
 * comment or a CDATA section, which count in a length.
 */
const OPTION =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_COMPACT;

const port = parentPort;
if (port === null) throw new Error("xsdWorker runs in a worker thread");
/** @type {WorkerData} */
const { schemas, head, tail } = workerData;
const headBytes = Buffer.from(head);
const tailBytes = Buffer.from(tail);

/** @type {Partial<Record<Lecture, XsdValidator>>} */
const validators = {};

/** @param {Lecture} lecture */
function validatorOf(lecture) {
  const known = validators[lecture];
  if (known !== undefined) return known;
  const document = XmlDocument.fromString(schemas[lecture]);
  const validator = XsdValidator.fromDoc(document);
  document.dispose();
  validators[lecture] = validator;
  return validator;
}

/**
 * @param {Uint8Array} bytes
 * @param {Lecture} lecture
 * @param {number} fragments how many formations it must hold; 0 when it does not matter
 * @returns {readonly XsdDefect[]}
 */
function check(bytes, lecture, fragments) {
  let document;
  try {
    document = XmlDocument.fromBuffer(bytes, { option: OPTION, encoding: "utf-8" });
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return error.details.slice(0, 1).map(notWellFormed);
  }
  try {
    if (document.dtd !== null) return [doctypeDefect()];
    validatorOf(lecture).validate(document);
    return fragments === 0 || formationsIn(document) === fragments ? [] : [notOneFormation()];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const root = document;
    return error.details.slice(0, MOST_DEFECTS).map((detail) => located(detail, root));
  } finally {
    document.dispose();
  }
}

/**
 * So that two fragments cannot make up for each other (a comment opened in one and closed in the next).
 * @param {XmlDocument} document
 */
function formationsIn(document) {
  const offres = document.root.firstChild;
  if (!(offres instanceof XmlElement) || offres.next !== null) return -1;
  let count = 0;
  for (let child = offres.firstChild; child !== null; child = child.next)
    if (child instanceof XmlElement) count++;
  return count;
}

/**
 * @param {{ message: string, line: number, col: number }} detail
 * @returns {XsdDefect}
 */
const notWellFormed = ({ message, line, col }) => ({
  ...NOWHERE,
  message: message.trim(),
  line,
  column: col,
});

const doctypeDefect = () => ({ ...NOWHERE, message: "DOCTYPE is refused", line: 1 });
const notOneFormation = () => ({ ...NOWHERE, message: "not one formation", line: 1 });

/** @type {XsdDefect} */
const NOWHERE = {
  kind: "xml",
  message: "",
  line: 0,
  column: 0,
  steps: [],
  value: "",
  attributes: {},
  children: [],
  siblings: [],
  position: 0,
  numbers: {},
};

/**
 * @param {{ message: string, line: number, col: number, xpath?: string }} detail
 * @param {XmlDocument} document
 * @returns {XsdDefect}
 */
function located(detail, document) {
  const at = {
    ...NOWHERE,
    kind: /** @type {const} */ ("xsd"),
    message: detail.message.trim(),
    line: detail.line,
  };
  const node =
    detail.xpath === undefined ? null : document.get(detail.xpath, prefixesIn(detail.xpath, document));
  if (!(node instanceof XmlElement)) return at;
  /** @type {XsdStep[]} */
  const steps = [];
  /** @type {Record<string, string>} */
  const numbers = {};
  for (let element = /** @type {XmlElement | null} */ (node); element !== null; element = element.parent) {
    steps.unshift({ name: nameOf(element), rank: rankOf(element) });
    const numero = element.attr("numero")?.value;
    if (numero !== undefined && ["formation", "action", "session"].includes(element.name)) {
      numbers[element.name] = numero;
    }
    if (element.name === "action" && numbers.session === undefined) {
      const session = onlySession(element);
      if (session !== undefined) numbers.session = session;
    }
  }
  const siblings = elementsOf(node.parent);
  return {
    ...at,
    steps,
    numbers,
    value: textOf(node).slice(0, MOST_VALUE),
    attributes: Object.fromEntries(node.attrs.map((attribute) => [attribute.name, attribute.value])),
    children: elementsOf(node).slice(0, MOST_SIBLINGS).map(nameOf),
    siblings: siblings.slice(0, MOST_SIBLINGS).map(nameOf),
    position: positionOf(node),
  };
}

/**
 * Number of the session of an action that has one.
 * @param {XmlElement} action
 */
function onlySession(action) {
  const sessions = elementsOf(action).filter(({ name }) => name === "session");
  return sessions.length === 1 ? sessions[0]?.attr("numero")?.value : undefined;
}

/**
 * libxml2 writes a prefixed step with the prefix of the document.
 * @param {string} xpath
 * @param {XmlDocument} document
 */
function prefixesIn(xpath, document) {
  /** @type {Record<string, string>} */
  const prefixes = {};
  for (const [, prefix = ""] of xpath.matchAll(/\/([^/:[\]*]+):/g)) {
    const uri = declarationOf(document.root, prefix);
    if (uri !== undefined) prefixes[prefix] = uri;
  }
  return prefixes;
}

/**
 * @param {XmlElement} element
 * @param {string} prefix
 * @returns {string | undefined}
 */
function declarationOf(element, prefix) {
  const own = element.nsDeclarations[prefix];
  if (own !== undefined) return own;
  for (const child of elementsOf(element)) {
    const found = declarationOf(child, prefix);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Its text; only what stands between its elements when it has some.
 * @param {XmlElement} element
 */
function textOf(element) {
  if (elementsOf(element).length === 0) return element.content;
  let text = "";
  for (let child = element.firstChild; child !== null; child = child.next) {
    if (child instanceof XmlText || child instanceof XmlCData) text += child.content;
  }
  return text.trim();
}

/** @param {XmlElement} element */
const nameOf = (element) =>
  element.namespaceUri === LHEO ? element.name : `{${element.namespaceUri}}${element.name}`;

/**
 * @param {XmlElement | null} parent
 * @returns {XmlElement[]}
 */
function elementsOf(parent) {
  const found = [];
  for (let child = parent?.firstChild ?? null; child !== null; child = child.next) {
    if (child instanceof XmlElement) found.push(child);
  }
  return found;
}

/** @param {XmlElement} element */
function rankOf(element) {
  let rank = 1;
  for (let node = element.prev; node !== null; node = node.prev) {
    if (node instanceof XmlElement && node.name === element.name) rank++;
  }
  return rank;
}

/** @param {XmlElement} element */
function positionOf(element) {
  let position = 0;
  for (let node = element.prev; node !== null; node = node.prev) {
    if (node instanceof XmlElement) position++;
  }
  return position;
}

/**
 * The fragments of a lot are checked together; only a lot that fails is checked again one by one.
 * @param {LotWork} work
 * @param {Buffer} bytes
 * @returns {[number, readonly XsdDefect[]][]}
 */
function checkLot({ ends, lecture }, bytes) {
  if (check(bytes, lecture, ends.length).length === 0) return [];
  /** @type {[number, readonly XsdDefect[]][]} */
  const failures = [];
  let start = headBytes.length;
  ends.forEach((end, rank) => {
    const alone = Buffer.concat([headBytes, bytes.subarray(start, end), tailBytes]);
    const defects = check(alone, lecture, 1);
    if (defects.length > 0) failures.push([rank, defects]);
    start = end;
  });
  return failures;
}

/** @param {WorkerRequest} work */
function answer(work) {
  const bytes = Buffer.from(work.buffer, 0, work.length);
  /** @type {[number, readonly XsdDefect[]][]} */
  let failures = [];
  if (work.kind === "lot") failures = checkLot(work, bytes);
  else {
    const defects = check(bytes, work.lecture, 0);
    if (defects.length > 0) failures = [[0, defects]];
  }
  const memory = getHeapStatistics().external_memory;
  reply({ kind: "done", id: work.id, failures, buffer: work.buffer, memory }, [work.buffer]);
}

/**
 * @param {WorkerReply} message
 * @param {ArrayBuffer[]} [transfer]
 */
function reply(message, transfer = []) {
  port?.postMessage(message, transfer);
}

validatorOf("stricte");
port.on("message", answer);
reply({ kind: "ready" });
