// Photographs every state of the panel in VS Code's four default themes, 300 pixels wide, beside each other:
// docs/pictures/states/<state>.png and docs/panel-states.md, which lists them.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mock } from "node:test";
import { bedrockContext } from "../../test/support/panel/contexts.ts";
import { PanelPage } from "../../test/support/panel/panel-page.ts";
import { answerStates } from "../../test/support/panel/pictured/answer-states.ts";
import { composerStates } from "../../test/support/panel/pictured/composer-states.ts";
import { decisionStates } from "../../test/support/panel/pictured/decision-states.ts";
import { troubleStates } from "../../test/support/panel/pictured/trouble-states.ts";
import { UsagePage } from "../../test/support/panel/usage-page.ts";
import { busyWeeks, reported } from "../../test/support/panel/usage-scenes.ts";
import { repositoryRoot } from "../paths.mjs";
import { launchChromium } from "../vscode/launch-chromium.mjs";
import { encodePalette } from "./palette-png.mjs";

/** @typedef {import("../../test/support/panel/themes.ts").ThemeName} ThemeName */
/** @typedef {import("../../src/protocol/chat-event.ts").ChatEvent} ChatEvent */
/** @typedef {import("../../test/support/panel/pictured/pictured-state.ts").PicturedState} PicturedState */

/** @type {readonly ThemeName[]} */
const themes = ["dark", "light", "hc-black", "hc-light"];
const width = 300;
const gap = 8;
const groups = {
  Answers: answerStates,
  Decisions: decisionStates,
  "Waits, notices and failures": troubleStates,
  Composer: composerStates,
};
const usage = { about: "The usage view, an editor of its own.", height: 800 };

/**
 * @param {readonly string[]} [only] states by name; all of them where it is empty
 */
export async function takePanelStates(only = []) {
  const folder = join(repositoryRoot, "docs", "pictures", "states");
  if (only.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  mock.timers.enable({ apis: ["Date"], now: time });
  try {
    for (const [name, state] of Object.entries(Object.assign({ usage }, ...Object.values(groups)))) {
      if (only.length > 0 && !only.includes(name)) continue;
      const shots = await Promise.all(
        themes.map((theme) => (name === "usage" ? shootUsage(browser, theme) : shoot(browser, theme, state))),
      );
      writeFileSync(join(folder, `${name}.png`), await sideBySide(browser, shots, state.height ?? usualHeight));
      process.stdout.write(`${name}\n`);
    }
  } finally {
    mock.timers.reset();
    await browser.close();
  }
  writeFileSync(join(repositoryRoot, "docs", "panel-states.md"), page());
}

const usualHeight = 560;

/** When everything happens, so that a picture shows the same whenever it is taken. */
const time = Date.UTC(2026, 10, 21, 9, 30);
/** How long a turn took, and how long what still runs has run, in milliseconds. */
const taken = 8_300;
const running = 3_000;

/**
 * @param {import("playwright-core").Browser} browser
 * @param {ThemeName} theme
 * @param {PicturedState} state
 */
async function shoot(browser, theme, { context = bedrockContext, height = usualHeight, play }) {
  const panel = await PanelPage.open(browser, { theme, width, height, context, reducedMotion: true });
  await panel.page.clock.setFixedTime(time + running);
  const emit = panel.emit.bind(panel);
  panel.emit = (...events) => emit(...events.map(inTime));
  await play?.(panel);
  await panel.page.waitForTimeout(100);
  const shot = await panel.page.screenshot();
  await panel.close();
  return shot;
}

/** @param {ChatEvent} event @returns {ChatEvent} */
function inTime(event) {
  return event.type === "turn-end" ? { ...event, at: event.at + taken } : event;
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {ThemeName} theme
 */
async function shootUsage(browser, theme) {
  const view = await UsagePage.open(browser, { theme, width });
  await view.say(reported(busyWeeks));
  const shot = await view.page.screenshot();
  await view.close();
  return shot;
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {readonly Buffer[]} shots
 * @param {number} height
 */
async function sideBySide(browser, shots, height) {
  const whole = themes.length * (width + gap) - gap;
  const page = await browser.newPage();
  const pixels = await page.evaluate(drawBeside, {
    shots: shots.map((shot) => `data:image/png;base64,${shot.toString("base64")}`),
    ...{ whole, height, step: width + gap },
  });
  await page.close();
  return encodePalette(Buffer.from(pixels, "base64"), whole, height);
}

/**
 * Runs in the page.
 * @param {{ shots: readonly string[], whole: number, height: number, step: number }} drawing
 * @returns {Promise<string>} the pixels, in base64
 */
async function drawBeside({ shots, whole, height, step }) {
  const canvas = new OffscreenCanvas(whole, height).getContext("2d");
  if (canvas === null) throw new Error("There is no canvas.");
  canvas.fillStyle = "#808080";
  canvas.fillRect(0, 0, whole, height);
  for (const [index, shot] of shots.entries()) {
    const image = new Image();
    image.src = shot;
    await image.decode();
    canvas.drawImage(image, index * step, 0);
  }
  const { data } = canvas.getImageData(0, 0, whole, height);
  const bytes = new Uint8Array(data.buffer);
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
}

function page() {
  const lists = Object.entries({ ...groups, Usage: { usage } }).map(([title, states]) => {
    const items = Object.entries(states).map(
      ([name, { about }]) => `### ${name}\n\n${about}\n\n![${name}](pictures/states/${name}.png)\n`,
    );
    return `## ${title}\n\n${items.join("\n")}`;
  });
  return `# States of the panel

Every state at ${width} pixels in VS Code's Dark Modern, Light Modern, Dark High Contrast and Light High Contrast, taken by
\`npm run pictures -- states\`, which also writes this page.

${lists.join("\n")}`;
}
