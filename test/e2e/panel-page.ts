import type { Frame, Locator } from "playwright-core";
import { comes } from "../support/comes.ts";
import { until } from "../support/until.ts";

/** What the e2e tests do with the panel, in a person's terms. */
export async function ask(panel: Frame, prompt: string): Promise<void> {
  const composer = panel.locator("textarea");
  // A view, a list or a dialog may give the focus back late, and with it what is typed: then it is typed again.
  await until("the prompt is sent", async () => {
    await composer.fill(prompt);
    if ((await composer.inputValue()) !== prompt) return false;
    await composer.press("Enter");
    return (await composer.inputValue()) !== prompt;
  });
  await panel.locator(".prompt").last().getByText(prompt).waitFor();
}

export function lastAnswer(panel: Frame): Locator {
  return panel.locator(".answer").last();
}

/** The turn is over when Stop has become Send again. */
export async function untilEnded(panel: Frame): Promise<void> {
  await panel.getByRole("button", { name: "Send", exact: true }).waitFor();
  await lastAnswer(panel).locator(".turn-footer, .notice").first().waitFor();
}

/** Keys that are pressed before the focus is back, as from a dialog that was answered, may go elsewhere. */
export async function composerHasFocus(panel: Frame): Promise<void> {
  await until("the composer has the focus", () =>
    panel.evaluate(() => document.hasFocus() && document.activeElement?.tagName === "TEXTAREA"),
  );
}

/**
 * Answers the question that waits, by its keys. The composer may get the focus a moment late, and with it what is meant for the
 * question: then the keys are pressed again.
 */
export async function answerByKey(panel: Frame, digit: string): Promise<void> {
  const { keyboard } = panel.page();
  const composer = panel.locator(".composer-input");
  const question = panel.locator("[data-question]");
  await until("the question is answered", async () => {
    if ((await question.count()) === 0) return true;
    await composer.press("F8");
    await keyboard.press(digit);
    if ((await composer.inputValue()) !== "") {
      await composer.fill("");
      return false;
    }
    await keyboard.press("Enter");
    return comes(question, 5_000, "detached");
  });
}

/** Title and state of every tool row, top to bottom. */
export async function toolRows(panel: Frame): Promise<readonly (readonly [string, string])[]> {
  const rows = await panel.locator(".tool").all();
  return Promise.all(
    rows.map(async (row) => {
      const title = (await row.locator(".tool-title").textContent()) ?? "";
      const state = (await row.locator(".tool-state > span").first().textContent()) ?? "";
      return [title, state] as const;
    }),
  );
}

interface Sight {
  readonly text: string;
  readonly opacity: string;
}

/** Notes in the page itself how the next element that fits looks as it comes: from outside it may be gone by then. */
export async function firstSightOf(panel: Frame, selector: string): Promise<() => Promise<Sight | undefined>> {
  const name = `the first sight of ${selector}`;
  await panel.evaluate(
    ([selector, name]) => {
      const observer = new MutationObserver(() => {
        const found = document.querySelector<HTMLElement>(selector);
        if (found === null) return;
        observer.disconnect();
        Object.assign(globalThis, { [name]: { text: found.innerText, opacity: getComputedStyle(found).opacity } });
      });
      observer.observe(document.body, { attributes: true, childList: true, subtree: true });
    },
    [selector, name] as const,
  );
  return () => panel.evaluate((name) => Reflect.get(globalThis, name), name);
}

/** Records how long the transcript's text was at every paint in which it had grown. */
export async function recordGrowth(panel: Frame): Promise<() => Promise<readonly number[]>> {
  await panel.evaluate(() => {
    const lengths: number[] = [];
    Object.assign(globalThis, { growthOfTheAnswer: lengths });
    const look = (): void => {
      const text = [...document.querySelectorAll(".answer .markdown")].map((part) => part.textContent ?? "").join("");
      if (text.length > (lengths.at(-1) ?? 0)) lengths.push(text.length);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return () => panel.evaluate(() => Reflect.get(globalThis, "growthOfTheAnswer"));
}
