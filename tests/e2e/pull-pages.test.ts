import { beforeAll, describe, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { actionDe, PUBLIC_URL, profilDe, sessionDe, usePullScene, writeOffre } from "../support/pullScene.ts";

/** What search engines read: the plan of the site and a page for each public session. */
const database = useDatabase();
const scene = usePullScene(database, [
  profilDe("rco"),
  profilDe("autre"),
  profilDe("ferme", { acces: "restreint", perimetre: { voies: ["apprentissage"] } }),
]);

beforeAll(async () => {
  await writeOffre(scene, { A1: ["S1", "S2"] });
  await scene.write(
    "action",
    "A2",
    actionDe("A2", { intitule: "Soudure </script><script>alert(1)</script>", contenu: "Un\nDeux & trois" }),
  );
  await scene.write("session", "S 3/é", sessionDe("A2"));
  await scene.edit();
  await scene.retire("session", "S2");
  await scene.edit();
});

const html = { accept: "text/html" };

describe("/offres/<session>", () => {
  test("tells a session, with its data for search engines", async () => {
    const { status, headers, text } = await scene.get("/offres/S1", html);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers.link).toBe(`<${PUBLIC_URL}/offres/S1>; rel="canonical"`);
    expect(text).toContain("<h1>Formation A1</h1>");
    expect(text).toContain("Pessac");
    const [, data = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? [];
    expect(JSON.parse(data)).toMatchObject({
      "@context": "https://schema.org",
      "@type": "Course",
      url: `${PUBLIC_URL}/offres/S1`,
      name: "Formation A1",
      provider: { "@type": "Organization", name: "Organisme d'essai" },
      hasCourseInstance: {
        "@type": "CourseInstance",
        startDate: "2026-09-01",
        endDate: "2027-06-18",
        location: { address: { postalCode: "33600", addressLocality: "Pessac" } },
      },
    });
    const again = { ...html, "if-none-match": String(headers.etag) };
    expect((await scene.get("/offres/S1", again)).status).toBe(304);
  });

  test("lets nothing that an organisme wrote become code", async () => {
    const { text } = await scene.get(`/offres/${encodeURIComponent("S 3/é")}`, html);
    expect(text.match(/<script/g)).toHaveLength(1);
    const [, data = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? [];
    expect(JSON.parse(data).name).toContain("<script>alert(1)");
    expect(text).toContain("<p>Deux &amp; trois</p>");
  });

  test("tells what never was from what left", async () => {
    const gone = await scene.get("/offres/S2", html);
    expect(gone.status).toBe(410);
    expect(gone.text).toContain("14 octobre 2026");
    expect((await scene.get("/offres/S9", html)).status).toBe(404);
  });
});

describe("the plan of the site", () => {
  test("lists each public page once, with the day since which it reads so", async () => {
    expect((await scene.get("/robots.txt")).text).toContain(`Sitemap: ${PUBLIC_URL}/sitemap.xml`);
    const plans = (await scene.get("/sitemap.xml")).text;
    expect([...plans.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, loc]) => loc)).toEqual([
      `${PUBLIC_URL}/sitemap/1.xml`,
    ]);
    const { text, headers } = await scene.get("/sitemap/1.xml");
    expect(headers["content-type"]).toBe("application/xml; charset=utf-8");
    expect(
      [...text.matchAll(/<loc>(.*?)<\/loc><lastmod>(.*?)<\/lastmod>/g)].map(([, ...one]) => one),
    ).toEqual([
      [`${PUBLIC_URL}/offres/S%203%2F%C3%A9`, "2026-10-13T06:00:00.000Z"],
      [`${PUBLIC_URL}/offres/S1`, "2026-10-13T06:00:00.000Z"],
    ]);
    expect((await scene.get("/sitemap/2.xml")).status).toBe(404);
  });
});

describe("/openapi.json", () => {
  /** Addresses that are for people: they change with the site, and answer pages. */
  const WATCHED = /^\/(flux|offres|sitemap|robots|openapi|health|ready|metrics)/;

  test("describes every address of the pull, and none that is not there", async () => {
    const document = JSON.parse((await scene.get("/openapi.json")).text);
    expect(document.openapi).toBe("3.1.0");
    expect(document.servers).toEqual([{ url: PUBLIC_URL }]);
    const described = Object.keys(document.paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ":$1"));
    expect(described.sort()).toEqual(
      routesOf(scene.app.printRoutes({ commonPrefix: false }))
        .filter((one) => WATCHED.test(one))
        .sort(),
    );
  });

  test("holds together, and says the statuses that are answered", async () => {
    const document = JSON.parse((await scene.get("/openapi.json")).text);
    for (const [path, { get }] of Object.entries<{ get: Operation }>(document.paths)) {
      const named = get.parameters.map(({ $ref }) => resolve(document, $ref));
      const inPath = named.filter((one) => one.in === "path").map(({ name }) => name);
      expect(inPath.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
      const values: Readonly<Record<string, string>> = { profil: "rco", session: "S1", fichier: "1.xml" };
      const target = path.replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? "x");
      for (const query of ["", "?num=72_A1", "?num=rien"]) {
        const { status } = await scene.get(target + query);
        expect(Object.keys(get.responses), `${target}${query}`).toContain(String(status));
      }
    }
    for (const [, ref = ""] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g))
      expect(resolve(document, ref)).toBeDefined();
  });
});

interface Operation {
  readonly parameters: readonly { readonly $ref: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

function resolve(document: unknown, ref: string): { readonly in: string; readonly name: string } {
  let found: unknown = document;
  for (const part of ref.slice(2).split("/")) found = (found as Record<string, unknown>)[part];
  return found as { in: string; name: string };
}

/** The routes of a tree as Fastify prints it: one a line, under the beginning that they share. */
function routesOf(tree: string): string[] {
  const begun: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent = "", part = "", methods] =
      /^((?:│ {3}| {4})*)(?:├|└)── (.*?)(?: \((.*)\))?$/.exec(line) ?? [];
    if (part === "") return [];
    const depth = indent.length / 4;
    begun.length = depth;
    begun.push(part);
    return methods?.includes("GET") === true ? [begun.join("")] : [];
  });
}
