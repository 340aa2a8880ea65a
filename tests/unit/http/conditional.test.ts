import { describe, expect, test } from "vitest";
import { precondition, rangeApplies } from "../../../src/http/pull/conditional.ts";
import { prefersGzip } from "../../../src/http/pull/encoding.ts";

const NOW = { etag: '"abc"', lastModified: new Date("2026-11-24T08:30:15.700Z") };
const SAME = "Tue, 24 Nov 2026 08:30:15 GMT";
const BEFORE = "Tue, 24 Nov 2026 08:30:14 GMT";
const AFTER = "Tue, 24 Nov 2026 08:30:16 GMT";

describe("conditions", () => {
  test.each([
    [{}, "ok"],
    [{ "if-none-match": '"abc"' }, "not-modified"],
    [{ "if-none-match": 'W/"abc"' }, "not-modified"],
    [{ "if-none-match": '"x", W/"y" ,"abc"' }, "not-modified"],
    [{ "if-none-match": ['"x"', '"abc"'] }, "not-modified"],
    [{ "if-none-match": "*" }, "not-modified"],
    [{ "if-none-match": '"abc-gzip"' }, "ok"],
    [{ "if-none-match": "abc" }, "ok"],
    // An ETag given, dates do not count.
    [{ "if-none-match": '"x"', "if-modified-since": AFTER }, "ok"],
    [{ "if-modified-since": SAME }, "not-modified"],
    [{ "if-modified-since": AFTER }, "not-modified"],
    [{ "if-modified-since": BEFORE }, "ok"],
    [{ "if-modified-since": "hier" }, "ok"],
    [{ "if-modified-since": "0" }, "ok"],
    [{ "if-modified-since": "Tue, 24 Nov 2026 08:30:15" }, "ok"],
    [{ "if-modified-since": "Tuesday, 24-Nov-26 08:30:15 GMT" }, "not-modified"],
    [{ "if-modified-since": "Tue Nov 24 08:30:15 2026" }, "not-modified"],
    [{ "if-modified-since": "Tue Nov 24 08:30:14 2026" }, "ok"],
    [{ "if-match": '"abc"' }, "ok"],
    [{ "if-match": "*" }, "ok"],
    [{ "if-match": 'W/"abc"' }, "failed"],
    [{ "if-match": '"x"' }, "failed"],
    [{ "if-unmodified-since": SAME }, "ok"],
    [{ "if-unmodified-since": BEFORE }, "failed"],
    [{ "if-match": '"abc"', "if-unmodified-since": BEFORE }, "ok"],
    [{ "if-match": '"abc"', "if-none-match": '"abc"' }, "not-modified"],
  ])("%j: %s", (headers, verdict) => expect(precondition(headers, NOW)).toBe(verdict));

  test.each([
    [{}, true],
    [{ "if-range": '"abc"' }, true],
    [{ "if-range": '"x"' }, false],
    [{ "if-range": 'W/"abc"' }, false],
    [{ "if-range": SAME }, true],
    [{ "if-range": AFTER }, false],
  ])("a range with %j holds: %s", (headers, holds) => expect(rangeApplies(headers, NOW)).toBe(holds));
});

test.each([
  [undefined, false],
  ["", false],
  ["gzip", true],
  ["gzip, deflate, br", true],
  ["br", false],
  ["*", true],
  ["identity, *;q=0", false],
  ["gzip;q=0", false],
  ["gzip;q=0, *", false],
  ["identity;q=1, gzip;q=0.5", false],
  ["identity;q=0.5, gzip;q=1", true],
  ["GZIP ; Q=0.2", true],
  ["gzip;q=x", false],
])("Accept-Encoding %j takes gzip: %s", (header, expected) => expect(prefersGzip(header)).toBe(expected));
