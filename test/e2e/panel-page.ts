import type { Frame, Locator } from "playwright-core";

/** What the e2e tests do with the panel, in a person's terms. */
export async function ask(panel: Frame, prompt: string): Promise<void> {
  const composer = panel.locator("textarea");
  await composer.fill(prompt);
  await composer.press("Enter");
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
