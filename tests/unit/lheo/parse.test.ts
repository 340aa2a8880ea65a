import { describe, expect, test } from "vitest";
import { LheoError, parse, serialise, textOf } from "../../../src/lheo/index.ts";

const V23 = "http://lheo.gouv.fr/2.3";
const V22 = "http://www.lheo.org/2.2";

function told(name: Parameters<typeof parse>[0], xml: string): string[] {
  return parse(name, xml, 10).defauts.map(
    ({ kind, path, value, line }) => `${line} ${kind} ${path}: ${value}`,
  );
}

describe("a tolerant reader tells all that it does not keep as it was", () => {
  test("an element that the language does not have", () => {
    const xml = "<periode><debut>20260101</debut>\n<duree>6 <b>mois</b></duree><fin>20260601</fin></periode>";
    expect(parse("periode", xml).value).toEqual({ debut: "20260101", fin: "20260601" });
    expect(told("periode", xml)).toEqual(["11 element-inconnu duree: <duree>6 <b>mois</b></duree>"]);
  });

  test("children in another order, which are kept", () => {
    const xml = "<periode><fin>20260601</fin>\n<debut>20260101</debut></periode>";
    expect(told("periode", xml)).toEqual(["11 ordre debut: debut"]);
    expect(serialise("periode", parse("periode", xml).value)).toBe(
      "<periode>\n<debut>20260101</debut>\n<fin>20260601</fin>\n</periode>\n",
    );
  });

  test("a child that stands once, met twice", () => {
    const xml = '<periode><debut>1</debut><debut info="x">2</debut><fin>3</fin></periode>';
    expect(parse("periode", xml).value).toEqual({ debut: "1", fin: "3" });
    expect(told("periode", xml)).toEqual(['10 repete debut: <debut info="x">2</debut>']);
  });

  test("a child met more often than it may be a list for, which is kept", () => {
    const xml = `<telfixe>${"<numtel>05</numtel>".repeat(5)}</telfixe>`;
    expect(parse("telfixe", xml)).toEqual({ value: { numtel: ["05", "05", "05", "05", "05"] }, defauts: [] });
  });

  test("an attribute that the element does not have, but not the hint of a schema", () => {
    const xml = `<periode xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" couleur="bleu" xml:lang="fr" numero="1"/>`;
    expect(parse("periode", xml).value).toEqual({ "@": { numero: "1" } });
    expect(told("periode", xml)).toEqual([
      "10 attribut-inconnu @couleur: bleu",
      "10 attribut-inconnu @xml:lang: fr",
    ]);
  });

  test("text between elements, and an element in a text", () => {
    expect(told("periode", "<periode> et puis <debut>1</debut></periode>")).toEqual([
      "10 texte-inattendu : et puis",
    ]);
    const leaf = parse("nom", "<nom>Jean <b>Paul</b> Dupont</nom>");
    expect(leaf.value).toBe("Jean  Dupont");
    expect(leaf.defauts.map((d) => [d.kind, d.value])).toEqual([["element-inconnu", "<b>Paul</b>"]]);
  });

  test("where in the formation it stands", () => {
    const session = "<session><periode/><periode/></session>";
    const xml = `<formation><action>${session}</action><action>${session}\n${session}</action></formation>`;
    expect(told("formation", xml)).toEqual([
      "10 repete action[1]/session[1]/periode: <periode/>",
      "10 repete action[2]/session[1]/periode: <periode/>",
      "11 repete action[2]/session[2]/periode: <periode/>",
    ]);
  });
});

describe("namespaces", () => {
  const children = "<debut>1</debut><fin>2</fin>";
  const value = { debut: "1", fin: "2" };

  test("2.3, none and a prefix are the language", () => {
    expect(parse("periode", `<periode xmlns="${V23}">${children}</periode>`)).toEqual({ value, defauts: [] });
    expect(parse("periode", `<periode>${children}</periode>`)).toEqual({ value, defauts: [] });
    const prefixed = `<l:periode xmlns:l="${V23}"><l:debut>1</l:debut><l:fin>2</l:fin></l:periode>`;
    expect(parse("periode", prefixed)).toEqual({ value, defauts: [] });
  });

  test("2.2 and unknown ones are read and told", () => {
    for (const namespace of [V22, "https://www.exemple.fr/edof"]) {
      const read = parse("periode", `<periode xmlns="${namespace}">${children}</periode>`);
      expect(read.value).toEqual(value);
      expect(read.defauts.map((d) => [d.kind, d.path, d.value])).toEqual([["espace-de-noms", "", namespace]]);
    }
  });

  test("an element of another namespace is not LHEO's, whatever its name", () => {
    const xml = `<periode xmlns="${V23}"><debut>1</debut><fin xmlns="urn:autre">9</fin><fin>2</fin></periode>`;
    expect(parse("periode", xml).value).toEqual(value);
    expect(told("periode", xml)).toEqual(['10 espace-de-noms fin: <fin xmlns="urn:autre">9</fin>']);
  });
});

describe("texts", () => {
  test.each([
    ["<nom>  Du <!-- x -->pont </nom>", "  Du pont "],
    ["<nom><![CDATA[<p>A & B</p>]]></nom>", "<p>A & B</p>"],
    ["<nom>A &amp; B &lt; &#233; &#x1F600; &quot;&apos;</nom>", "A & B < é 😀 \"'"],
    ["<nom>a \r\nb\rc \t\nd</nom>", "a\nb\nc\nd"],
    ["<nom>a&#13;b</nom>", "a\rb"],
    ["<nom/>", ""],
    ["\ufeff<nom>a</nom>", "a"],
  ])("%j", (xml, text) => {
    expect(textOf(parse("nom", xml).value)).toBe(text);
  });
});

describe("extra", () => {
  const extra = (inside: string, around = `xmlns="${V23}"`) =>
    parse("extras", `<extras ${around}><extra info="x">${inside}</extra></extras>`).value["*"][0]?.[1];

  test("a text is a text, whatever it is written with", () => {
    expect(extra("a &amp; <![CDATA[b]]>")).toEqual({ "@": { info: "x" }, "#": "a & b" });
  });

  test.each([
    "\n <coordonnees>\n<nom>A</nom></coordonnees> puis <b xmlns=\"urn:b\" c='1'/>",
    "<!-- seul -->",
    "a<?b c?>",
    "<a><![CDATA[<]]>&#233;</a>",
    "<extra/><extras><extra/></extras>",
  ])("XML is kept as it was: %j", (inside) => {
    expect(extra(inside)).toEqual({ "@": { info: "x" }, "<>": inside });
  });

  test("line breaks are XML's", () => {
    expect(extra("<a/>\r\n<b/>\r")).toEqual({ "@": { info: "x" }, "<>": "<a/>\n<b/>\n" });
  });

  test("the declarations that it needs come with it", () => {
    const around = `xmlns="${V23}" xmlns:g="urn:g?a=1&amp;b" xmlns:h="urn:h"`;
    expect(extra('<g:a/>x<b/><g:c xmlns:g="urn:autre"/>', around)).toEqual({
      "@": { info: "x" },
      "<>": '<g:a xmlns:g="urn:g?a=1&amp;b"/>x<b xmlns:g="urn:g?a=1&amp;b"/><g:c xmlns:g="urn:autre"/>',
    });
  });

  test("names without prefix are not LHEO's where LHEO has one", () => {
    const xml = `<l:extras xmlns:l="${V23}"><l:extra><a/><l:nom>A</l:nom></l:extra></l:extras>`;
    const { value, defauts } = parse("extras", xml);
    expect(defauts).toEqual([]);
    expect(value).toEqual({
      "*": [["extra", { "<>": `<a xmlns="" xmlns:l="${V23}"/><l:nom xmlns="" xmlns:l="${V23}">A</l:nom>` }]],
    });
    expect(parse("extras", serialise("extras", value))).toEqual({ value, defauts: [] });
  });

  test("nesting and order are kept", () => {
    const xml = '<extras><extra>1</extra><extras info="a"><extra>2</extra></extras><extra>3</extra></extras>';
    expect(parse("extras", xml).value).toEqual({
      "*": [
        ["extra", "1"],
        ["extras", { "@": { info: "a" }, "*": [["extra", "2"]] }],
        ["extra", "3"],
      ],
    });
  });
});

describe("XML that cannot be read", () => {
  test.each([
    ["<nom>a", "l'élément nom n'est pas fermé"],
    ["<nom>\n<a></b></nom>", "ne ferme pas l'élément ouvert"],
    ["<nom>&eacute;</nom>", "entité inconnue"],
    ["<nom>a\u0001</nom>", "caractère interdit"],
    ["<nom>&#0;</nom>", "ligne 7"],
    ["<nom/><nom/>", "un seul élément racine"],
    ["", "vide"],
    ["<x:nom/>", "le préfixe x n'est pas déclaré"],
    ['<!DOCTYPE nom [<!ENTITY a "b">]><nom>&a;</nom>', "DOCTYPE refusé"],
    ["<nom>R&D</nom>", "ligne 7"],
    ["<prenom/>", "nom attendu"],
  ])("%j", (xml, message) => {
    const read = () => parse("nom", xml, 7);
    expect(read).toThrow(LheoError);
    expect(read).toThrow(message);
  });

  test("nesting without end is refused before it hurts", () => {
    const nested = (depth: number): string => "<extras>".repeat(depth) + "</extras>".repeat(depth);
    serialise("extras", parse("extras", nested(100)).value);
    expect(() => parse("extras", nested(101))).toThrow("imbriqués");
    expect(() => parse("extras", nested(200_000))).toThrow(LheoError);
  });

  test("the place is told", () => {
    try {
      parse("nom", "<nom>\n\n a < b</nom>", 100);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ line: 102 });
    }
  });
});
