import { expect, test } from "vitest";
import { startChromium } from "../support/chromium.ts";
import { debords, fautes, fautesAxe } from "../support/navigateur.ts";

/** What the other files look with sees what is wrong. */
test("a page with a fault of each kind is found out, by day and by night", async () => {
  const browser = await startChromium();
  try {
    const page = await browser.newPage();
    await page.setContent(
      `<!doctype html><html lang="fr"><head><title>Fautes</title><style>
         :root { color-scheme: light dark }
         @media (prefers-color-scheme: dark) { .nuit { background: #222; color: #444 } }
         .large { width: 700px }
       </style></head><body><main><h1>Fautes</h1><h3>Titre sauté</h3><input><p class="nuit">Sombre</p><p class="large">Large</p></main></body></html>`,
    );
    const found = (await fautes(page)).map((faute) => faute.split(/: |,(?= 360)/, 1)[0]);
    expect(found.sort()).toEqual([
      '360 px, <p class="large">Large</p>',
      "jour, heading-order",
      "jour, label",
      "nuit, color-contrast",
    ]);
    await page.setContent(
      "<!doctype html><html lang='fr'><title>Bien</title><main><h1>Bien</h1></main></html>",
    );
    expect([await fautesAxe(page), await debords(page)]).toEqual([[], []]);
  } finally {
    await browser.close();
  }
});
