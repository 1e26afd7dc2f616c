import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { repositoryRoot } from "../../scripts/paths.mjs";
import { buildPanel } from "../support/panel/build-panel.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

/** In pixels, as the panel's own styles zoom an icon. */
const sizes = [12, 14, 16];

/** Mean difference of shade over an icon's square, of 255: two ways of smoothing the same edges stay below it. */
const smoothing = 2;

describe("icons", () => {
  const browser = suiteBrowser();
  let page: Page;
  let names: readonly string[];
  before(async () => {
    names = JSON.parse(await readFile(join(repositoryRoot, "webview", "icons.json"), "utf8"));
    page = await browser().newPage({ reducedMotion: "reduce", deviceScaleFactor: 4 });
    await page.addStyleTag({ content: (await buildPanel()).get("panel.css") ?? "" });
  });
  after(() => page.close());

  it("have the shapes of VS Code's own, at each size that the panel shows", async () => {
    const sources = await Promise.all(names.map(readCodicon));
    for (const size of sizes) {
      const differences = await differencesOf(
        names.map((name) => iconOf(name, size)),
        sources.map((source) => source.replace("<svg", `<svg style="${square(size)}"`)),
      );
      for (const [index, difference] of differences.entries()) {
        assert.ok(difference < smoothing, `${names[index]} at ${size} px: ${difference}`);
      }
    }
  });

  it("are told from each other, and from nothing", async () => {
    const [fromOther = 0, fromNothing = 0] = await differencesOf(
      [iconOf("add", 16), iconOf("add", 16)],
      [iconOf("close", 16), ""],
    );
    assert.ok(fromOther > 2 * smoothing);
    assert.ok(fromNothing > 2 * smoothing);
  });

  it("keep the colour of the text in a forced palette", async () => {
    await page.emulateMedia({ forcedColors: "active" });
    const [difference = 0] = await differencesOf([iconOf("add", 16)], [""]);
    await page.emulateMedia({ forcedColors: "none" });
    assert.ok(difference > 2 * smoothing);
  });

  /** Mean difference of the pixels of each pair, drawn black on white. */
  async function differencesOf(ones: readonly string[], others: readonly string[]): Promise<readonly number[]> {
    const sheets = [await drawSheet(ones), await drawSheet(others)];
    return page.evaluate(
      async ({ sources, count }) => {
        const drawings = await Promise.all(
          sources.map(async (source) => {
            const image = new Image();
            image.src = source;
            await image.decode();
            const drawing = new OffscreenCanvas(image.width, image.height).getContext("2d");
            drawing?.drawImage(image, 0, 0);
            return { drawing, side: image.height };
          }),
        );
        return Array.from({ length: count }, (_, index) => {
          const [one = [], other = []] = drawings.map(({ drawing, side }) => [
            ...(drawing?.getImageData(index * side, 0, side, side).data ?? []),
          ]);
          return one.reduce((sum, shade, at) => sum + Math.abs(shade - (other[at] ?? 0)), 0) / one.length;
        });
      },
      { sources: sheets, count: ones.length },
    );
  }

  /** A picture of 16 px squares in a row. */
  async function drawSheet(drawn: readonly string[]): Promise<string> {
    await page.setViewportSize({ width: 16 * drawn.length, height: 16 });
    await page.evaluate((squares) => {
      document.body.innerHTML = squares
        .map((markup, index) => `<div style="position: absolute; top: 0; left: ${16 * index}px">${markup}</div>`)
        .join("");
    }, drawn);
    return `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
  }
});

function iconOf(name: string, size: number): string {
  return `<i class="icon icon-${name}" style="display: block; zoom: ${size / 16}"></i>`;
}

function square(size: number): string {
  return `display: block; width: ${size}px; height: ${size}px`;
}

function readCodicon(name: string): Promise<string> {
  return readFile(join(repositoryRoot, "node_modules/@vscode/codicons/src/icons", `${name}.svg`), "utf8");
}
