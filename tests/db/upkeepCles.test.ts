import fc from "fast-check";
import { expect, test } from "vitest";
import { keyOfCertification } from "../../src/feed/index.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();

/** Codes as agencies write them, and what is no code. */
const code = fc.oneof(
  fc.constantFrom(null, "", "RNCP35819", "35819", "rncp 0035819", " RS5500 ", "RS 000", "CERTIFINFO83899"),
  fc
    .tuple(
      fc.constantFrom("", "RNCP", "rncp", "RS", "rs", "CertifInfo", "CPF", "ſ", "é", "X"),
      fc.constantFrom("", " ", "  ", "\u00a0", "\u2003", "\t", "\n", "-", "\u200b"),
      fc.constantFrom("0", "000", "1", "0012", "35819", "٣", "12a", "", "1 2"),
      fc.constantFrom("", " ", "\u00a0", "\ufeff", "\n"),
    )
    .map(([prefix, blank, digits, end]) => `${end}${prefix}${blank}${digits}${end}`),
);
const codes = fc.record({ code_rncp: code, code_rs: code, code_certifinfo: code });

test("SQL knows a certification by the same key as the feed, however its codes are written", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(codes, { maxLength: 30 }), async (certifications) => {
      const { rows } = await database.db.raw<{ rows: { cles: string[] }[] }>(
        "SELECT cles_certifications(?::jsonb) AS cles",
        [JSON.stringify({ certifications })],
      );
      const keys = certifications.flatMap((one) => keyOfCertification(one) ?? []);
      expect(rows[0]?.cles.toSorted()).toEqual([...new Set(keys)].sort());
    }),
    { numRuns: 200 },
  );
});
