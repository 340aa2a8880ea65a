import { expect, test } from "vitest";
import { type Answer, receiptsOf } from "../../../src/delivery/index.ts";

const answered = (body: string): Answer => ({ kind: "reponse", status: 201, body, cut: false });

test("an answer in JSON gives its counts and refusals", () => {
  const body = JSON.stringify({
    accuse: "reception",
    formations: 2,
    sessions: 5,
    refuses: [{ session: "00123456", code: "E12", message: "SIRET fermé" }],
  });
  expect(receiptsOf(answered(body))).toEqual([
    { etape: "reception", issue: "recue", detail: { status: 201, formations: 2, sessions: 5 } },
    {
      etape: "traitement",
      issue: "partielle",
      detail: {
        acceptees: 4,
        refusees: 1,
        refus: [{ session: "00123456", code: "E12", message: "SIRET fermé" }],
      },
    },
  ]);
});

test("the same in XML, numbers of sessions kept as they are written", () => {
  const body = `<?xml version="1.0"?><accuse><formations>2</formations><sessions>5</sessions><refuses><refus><session>00123456</session><code>E12</code><message>SIRET fermé</message></refus></refuses></accuse>`;
  expect(receiptsOf(answered(body))[1]).toEqual({
    etape: "traitement",
    issue: "partielle",
    detail: {
      acceptees: 4,
      refusees: 1,
      refus: [{ session: "00123456", code: "E12", message: "SIRET fermé" }],
    },
  });
});

test.each([
  ['{"sessions":3,"refuses":[]}', "acceptee"],
  ['{"acceptees":0,"refusees":3}', "refusee"],
  ["<a><acceptees>3</acceptees></a>", "acceptee"],
])("%s is treated: %s", (body, issue) => {
  expect(receiptsOf(answered(body))[1]?.issue).toBe(issue);
});

test.each([
  "",
  "merci",
  "[1,2]",
  "null",
  "{",
  "<a",
  "<a/>",
  '{"sessions":"beaucoup"}',
  '<!DOCTYPE a [<!ENTITY x "1">]><a><sessions>1</sessions></a>',
])("%j is a reception and no more", (body) =>
  expect(receiptsOf(answered(body))).toEqual([
    {
      etape: "reception",
      issue: "recue",
      detail: { status: 201, formations: undefined, sessions: undefined },
    },
  ]),
);
