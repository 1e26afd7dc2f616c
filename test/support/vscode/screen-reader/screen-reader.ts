import type { Page } from "playwright-core";
import { type Accessible, type Focus, FocusReader } from "./focus-reader.ts";
import { type Told, tellWhatIsSpoken } from "./tell-what-is-spoken.ts";

/** How long something that has to be said may take. */
const patienceMs = 30_000;
/** How long the focus may be on its way from frame to frame. */
const passingMs = 2_000;
/** Longest part of an input's value that is said, in characters. */
const longestValue = 80;

/** A line of the log: what was said, or the keys that were pressed, or what the user is about to do. */
export interface Heard {
  readonly kind: "focus" | "polite" | "assertive" | "terminal" | "keys" | "task";
  readonly text: string;
}

/** Hears what a screen reader would say of a page and its frames: what gets the focus, and what live regions say. */
export class ScreenReader {
  readonly heard: Heard[] = [];
  /** What the page heard of a mouse. */
  readonly mouse: string[] = [];
  readonly #reader: FocusReader;
  readonly #waiting = new Set<() => void>();
  /** What was heard before is not waited for again. */
  #from = 0;
  #reading: Promise<boolean> = Promise.resolve(false);
  #focus: Focus | undefined;

  private constructor(reader: FocusReader) {
    this.#reader = reader;
  }

  /** To be called before the page shows anything. */
  static async of(page: Page): Promise<ScreenReader> {
    const screenReader = new ScreenReader(await FocusReader.of(page));
    await page.exposeBinding("screenReaderIsTold", (_, told: Told) => screenReader.#take(told));
    await page.addInitScript(tellWhatIsSpoken);
    return screenReader;
  }

  /** What is said from here on answers these keys. */
  pressed(keys: string): void {
    this.#add({ kind: "keys", text: keys });
    this.#from = this.heard.length;
  }

  begin(task: string): void {
    this.#add({ kind: "task", text: task });
    this.#from = this.heard.length;
  }

  /**
   * Waits until something is said behind the last keys, and behind what was waited for since. Several are said in any order, and
   * may be in one go, as what comes in the same frame is.
   */
  async hears(...patterns: readonly RegExp[]): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const places = patterns.map((pattern) =>
        this.heard.findIndex(({ text }, index) => index >= this.#from && pattern.test(text)),
      );
      const missing = patterns[places.indexOf(-1)];
      if (missing === undefined) {
        this.#from = Math.max(...places) + 1;
        return;
      }
      if (!(await this.#hasNews(deadline - Date.now()))) throw new Error(`Not heard: ${missing}\n${this.#tail()}`);
    }
  }

  /** What has the focus now; the log has it, too. */
  async focus(): Promise<Focus | undefined> {
    const deadline = Date.now() + passingMs;
    do this.#take({ kind: "focus" });
    while (!(await this.#reading) && Date.now() < deadline);
    return this.#focus;
  }

  /** What was said since the last task began. */
  get task(): readonly string[] {
    const begun = this.heard.findLastIndex(({ kind }) => kind === "task");
    return this.heard.slice(begun + 1).flatMap(({ kind, text }) => (kind === "keys" ? [] : [text]));
  }

  #tail(): string {
    return this.heard
      .slice(-30)
      .map(({ kind, text }) => `${kind}: ${text}`)
      .join("\n");
  }

  #take(told: Told): void {
    if (told.kind === "mouse") this.mouse.push(told.text);
    else if (told.kind === "focus") this.#reading = this.#reading.then(() => this.#readFocus());
    else this.#add({ kind: told.isTerminal ? "terminal" : told.kind, text: told.text });
  }

  /** False while nothing has it. */
  async #readFocus(): Promise<boolean> {
    const focus = await this.#reader.read().catch(() => undefined);
    if (focus === undefined) return false;
    const before = this.#focus;
    this.#focus = focus;
    const { dialog } = focus;
    if (dialog !== undefined && !isSame(dialog, before?.dialog)) this.#add({ kind: "focus", text: describe(dialog) });
    if (!isSame(focus, before)) this.#add({ kind: "focus", text: describe(focus) });
    return true;
  }

  #add(heard: Heard): void {
    this.heard.push(heard);
    for (const tell of this.#waiting) tell();
    this.#waiting.clear();
  }

  async #hasNews(withinMs: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), withinMs);
    this.#waiting.add(() => resolve(true));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What is typed into an input makes no other of it. */
function isSame(one: Accessible, other: Accessible | undefined): boolean {
  return other !== undefined && describe({ ...one, value: "" }) === describe({ ...other, value: "" });
}

/** In the order of most screen readers; what only repeats the name is not said again. */
function describe({ name, role, states, value, description }: Accessible): string {
  const text = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
  return [name, role, ...states, text, description === name ? "" : description]
    .filter((part) => part !== "")
    .join(", ");
}
