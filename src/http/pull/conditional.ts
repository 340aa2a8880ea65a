/** What tells one representation from another. */
export interface Validators {
  /** Strong, with its quotes. */
  readonly etag: string;
  readonly lastModified: Date;
}

/** Request headers by their lower-case name. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Go on, nothing changed (304), or the caller's condition does not hold (412). */
export type Verdict = "ok" | "not-modified" | "failed";

/** Evaluates the preconditions of a GET or HEAD, in the order of RFC 9110, 13.2.2. */
export function precondition(headers: Headers, validators: Validators): Verdict {
  const ifMatch = text(headers["if-match"]);
  if (ifMatch !== undefined) {
    if (!lists(ifMatch, validators.etag, "strong")) return "failed";
  } else {
    const since = httpDate(text(headers["if-unmodified-since"]));
    if (since !== undefined && seconds(validators.lastModified) > since) return "failed";
  }
  const ifNoneMatch = text(headers["if-none-match"]);
  if (ifNoneMatch !== undefined) return lists(ifNoneMatch, validators.etag, "weak") ? "not-modified" : "ok";
  const since = httpDate(text(headers["if-modified-since"]));
  return since !== undefined && seconds(validators.lastModified) <= since ? "not-modified" : "ok";
}

/** Does a range request still speak of this representation? Only a strong match will do. */
export function rangeApplies(headers: Headers, { etag, lastModified }: Validators): boolean {
  const ifRange = text(headers["if-range"])?.trim();
  if (ifRange === undefined) return true;
  if (ifRange.startsWith('"')) return ifRange === etag;
  return httpDate(ifRange) === seconds(lastModified);
}

function lists(header: string, etag: string, comparison: "strong" | "weak"): boolean {
  // Nearly always.
  if (header === etag) return true;
  if (header.trim() === "*") return true;
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (comparison === "weak" ? tag.replace(/^W\//, "") : tag) === etag);
}

/** The three forms of RFC 9110, 5.6.7; only the first is still written. */
const HTTP_DATES = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/** Whole seconds, as the headers have them; undefined when it is not a date, which then does not count. */
function httpDate(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const date = header.trim();
  if (!HTTP_DATES.some((form) => form.test(date))) return undefined;
  const at = Date.parse(date.endsWith("GMT") ? date : `${date} GMT`);
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header;
}
