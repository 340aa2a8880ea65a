import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { startChromium } from "./chromium.ts";

/** What a visitor holds and sees with. */
export interface Visite {
  /** Cookie of someone who is in; nobody without it. */
  readonly jeton?: string;
  readonly sombre?: boolean;
  /** Of the window, in pixels. */
  readonly largeur?: number;
  /** The window stays open for the next tests of the file. */
  readonly garde?: boolean;
}

/** A real Chromium for a test file, each test in contexts of its own. */
export interface Navigateur {
  /** A new window on the site. What goes wrong in it (script, policy, resource) fails the test. */
  open(visite?: Visite): Promise<Page>;
}

/** Starts the browser of a test file on its site. Call at its top. */
export function useNavigateur(site: { readonly url: string }): Navigateur {
  const contexts: BrowserContext[] = [];
  const soucis: string[] = [];
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(soucis.splice(0)).toEqual([]);
  });

  return {
    async open({ jeton, sombre = false, largeur = 1280, garde = false } = {}) {
      if (browser === undefined) throw new Error("the browser is there in tests only");
      const context = await browser.newContext({
        baseURL: site.url,
        locale: "fr-FR",
        timezoneId: "Europe/Paris",
        colorScheme: sombre ? "dark" : "light",
        reducedMotion: "reduce",
        viewport: { width: largeur, height: 800 },
      });
      if (!garde) contexts.push(context);
      context.setDefaultTimeout(15_000);
      if (jeton !== undefined)
        await context.addCookies([{ name: "offre-info", value: jeton, url: site.url }]);
      const page = await context.newPage();
      watch(page, (souci) => soucis.push(souci));
      return page;
    },
  };
}

/** Tells all that a page complains of, its own address that answers by a fault aside: tests ask for those. */
function watch(page: Page, tell: (souci: string) => void): void {
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (message.text().startsWith("Failed to load resource")) return;
    tell(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => tell(`${page.url()}: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest())
      tell(`${page.url()}: ${response.url()} answers ${response.status()}`);
  });
}

const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** What axe is asked; the rest only a person can judge. */
const TOUT = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
/** What may differ in other colours or in another width. */
const VISIBLE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];

type Regles =
  | { readonly type: "tag"; readonly values: readonly string[] }
  | { readonly type: "rule"; readonly values: readonly string[] };

/** What axe finds wrong on a page as it is now: `rule: element, what to do`. */
export async function fautesAxe(
  page: Page,
  runOnly: Regles = { type: "tag", values: TOUT },
): Promise<readonly string[]> {
  // By the inspector, not by a script of the page: its policy stays what it is.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(AXE);
  const options = JSON.stringify({ runOnly, resultTypes: ["violations"], preload: false });
  return page.evaluate<string[]>(
    `axe.run(document, ${options}).then(({ violations }) =>
       violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
         id + ": " + html.slice(0, 200) + " " + failureSummary.replace(/\\s+/g, " "))))`,
  );
}

/** What sticks out on the right first, if anything does: the page scrolls sideways. */
export async function debords(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(
    `(() => {
       const { scrollWidth, clientWidth } = document.documentElement;
       if (scrollWidth <= clientWidth) return [];
       const scrolls = (el) => el !== null && (getComputedStyle(el).overflowX !== "visible" || scrolls(el.parentElement));
       return [...document.querySelectorAll("body *")]
         .filter((el) => el.getBoundingClientRect().right > clientWidth + 1 && !scrolls(el.parentElement))
         .slice(0, 3).map((el) => el.outerHTML.slice(0, 120));
     })()`,
  );
}

/** Everything that anyone could complain of: by day on a desk, by night in the hand. */
export async function fautes(page: Page): Promise<readonly string[]> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
  const jour = await fautesAxe(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: "dark" });
  const nuit = await fautesAxe(page, { type: "rule", values: VISIBLE });
  const large = await debords(page);
  return [
    ...jour.map((faute) => `jour, ${faute}`),
    ...nuit.map((faute) => `nuit, ${faute}`),
    ...large.map((faute) => `360 px, ${faute}`),
  ];
}
