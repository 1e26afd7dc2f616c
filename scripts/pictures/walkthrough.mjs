// Cuts the pictures of the walkthrough, media/walkthrough, out of docs/pictures: node scripts/pictures/walkthrough.mjs
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";
import { launchChromium } from "../vscode/launch-chromium.mjs";

/** The panel in a wide picture of it: `x`, `y`, `width` and `height` in pixels. */
const panel = { x: 700, y: 30, width: 600, height: 746 };
const themes = ["dark", "light", "hc-dark", "hc-light"];

/** Each picture by its name, and where it is cut from. */
const cuts = [
  ...["answers", "ask", "approve"].flatMap((step) =>
    themes.map((theme) => ({
      name: `${step}-${theme}`,
      from: `${{ answers: "empty", ask: "answer", approve: "approval" }[step]}-${theme}`,
      clip: panel,
    })),
  ),
  { name: "model", from: "window-models-picker", clip: { x: 338, y: 4, width: 606, height: 390 } },
  { name: "cost", from: "window-usage-view", clip: { x: 353, y: 72, width: 622, height: 660 } },
];

const folder = join(repositoryRoot, "media", "walkthrough");
mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1300, height: 800 } });
  for (const { name, from, clip } of cuts) {
    const picture = readFileSync(join(repositoryRoot, "docs", "pictures", `${from}.png`)).toString("base64");
    await page.setContent(`<body style="margin:0"><img style="display:block" src="data:image/png;base64,${picture}">`);
    await page.locator("img").evaluate(async (image) => {
      if (image instanceof HTMLImageElement) await image.decode();
    });
    await page.screenshot({ path: join(folder, `${name}.png`), clip });
  }
} finally {
  await browser.close();
}
