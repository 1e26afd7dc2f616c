import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { untilEqual } from "../until.ts";
import type { ScreenReader } from "./screen-reader/screen-reader.ts";

/** Presses after which what is looked for has to have the focus. */
const mostPresses = 40;

/** A user who has only keys, and knows only what the screen reader says. */
export class Keyboard {
  readonly #page: Page;
  readonly #reader: ScreenReader;

  constructor(page: Page, reader: ScreenReader) {
    this.#page = page;
    this.#reader = reader;
  }

  /** One after another, as in `press("Control+k", "q")`. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#mustHaveFocus();
    this.#reader.pressed(keys.map(nameOf).join(" "));
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#mustHaveFocus();
    this.#reader.pressed(`“${text}”`);
    await this.#page.keyboard.type(text);
  }

  /** Presses a key until what has the focus is called so. */
  async walk(key: string, name: RegExp): Promise<void> {
    for (let presses = 0; presses < mostPresses; presses++) {
      await this.press(key);
      const focus = await this.#reader.focus();
      if (name.test(focus?.name ?? "")) return;
    }
    assert.fail(`${key} does not lead to ${name}`);
  }

  /** Runs a command of the palette. */
  async run(title: string): Promise<void> {
    await this.press("F1");
    await this.#reader.hears(/name of a command/);
    await this.type(title);
    await this.#reader.hears(new RegExp(`^${title}.*, option`));
    await this.press("Enter");
  }

  /** Nobody may have to press a key where nothing has the focus, or where it has no name; whoever hears nothing yet waits. */
  async #mustHaveFocus(): Promise<void> {
    await untilEqual(async () => {
      const focus = await this.#reader.focus();
      if (focus?.inPanel !== true) return "fine";
      if (focus.name === "") return `something without a name has the focus in the panel: ${focus.role}`;
      return focus.role === "RootWebArea" ? "nothing has the focus in the panel" : "fine";
    }, "fine");
  }
}

function nameOf(key: string): string {
  return key
    .split("+")
    .map((part) => (part.length === 1 ? part.toUpperCase() : part.replace("Control", "Ctrl").replace("Arrow", "")))
    .join("+");
}
