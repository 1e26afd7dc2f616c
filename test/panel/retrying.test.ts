import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { text, toolStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";
import {
  brokenAnswer,
  dropped,
  endAt,
  retryAt,
  silenceAt,
  throttledBriefly,
  turnAt,
} from "../support/panel/trouble-scenes.ts";

/** The time at which every turn of these tests begins, in milliseconds since the epoch. */
const start = Date.UTC(2026, 10, 21, 9, 30);

describe("retries and waits", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, async (opened) => {
    panel = opened;
    await setTime(0);
    await panel.emit(...turnAt(start));
  });

  /** Stops the panel's clock this many seconds after the start of the turn. */
  const setTime = (seconds: number) => panel.page.clock.setFixedTime(start + seconds * 1000);
  const notice = () => panel.page.locator(".notice");
  const noticeText = () => panel.textOf(".notice-text");
  /** Presses even what says that it is disabled. */
  const press = (name: string) => notice().getByRole("button", { name, exact: true }).click({ force: true });
  const answer = async () => (await panel.page.locator(".answer .markdown").allTextContents()).join("|");
  /** A moment as this browser writes it. */
  const timeOf = (at: number) =>
    panel.page.evaluate((moment) => new Intl.DateTimeFormat("en", { timeStyle: "medium" }).format(moment), at);
  const spoken = async (role: "status" | "alert") => ((await panel.page.getByRole(role).textContent()) ?? "").trim();

  it("UX58 counts down to the retry", async () => {
    await panel.emit(retryAt(start, throttledBriefly, 2));
    const words = "Throttled by Bedrock (claude-sonnet-4-5, eu-central-1). Retry 2 of 5";
    assert.equal(await noticeText(), `${words}, in 7\u00a0s`);
    for (const [seconds, rest] of [
      [3, ", in 4\u00a0s"],
      [6.9, ", in 1\u00a0s"],
      [9, " now"],
    ] as const) {
      await setTime(seconds);
      await panel.page.getByText(`${words}${rest}`, { exact: true }).waitFor();
    }
  });

  it("UX58 asks again at once by Retry Now, once for each wait, and offers Stop and another model", async () => {
    await panel.emit(retryAt(start, throttledBriefly));
    await press("Retry Now");
    await press("Retry Now");
    await press("Switch Model");
    assert.deepEqual(await panel.posts(), [{ type: "retry-now" }, { type: "command", command: "selectModel" }]);
    await panel.emit(
      { type: "step-start", step: 1, attempt: 2, at: start },
      retryAt(start + 1000, throttledBriefly, 2),
    );
    await press("Retry Now");
    await press("Stop");
    assert.deepEqual((await panel.posts()).slice(2), [{ type: "retry-now" }, { type: "stop" }]);
  });

  it("stays in place, unfolded and focused, from the wait through the retry to the next wait", async () => {
    await panel.emit(retryAt(start, throttledBriefly));
    const details = notice().getByRole("button", { name: "Details", exact: true });
    await details.click();
    await panel.emit({ type: "step-start", step: 1, attempt: 2, at: start });
    assert.equal(await noticeText(), `${throttledBriefly.message} Retry 1 is running`);
    const retryNow = notice().getByRole("button", { name: "Retry Now" });
    assert.equal(await retryNow.getAttribute("aria-disabled"), "true");
    await panel.emit(retryAt(start, dropped, 2));
    assert.equal(await details.evaluate((element) => element === document.activeElement), true);
    const told = await timeOf(start);
    assert.deepEqual(await panel.page.locator(".error-item").allTextContents(), [
      `1. ${throttledBriefly.message}Kind: throttledTime: ${told}Request ID: ${throttledBriefly.requestId}What was reported${throttledBriefly.detail}`,
      `2. ${dropped.message}Kind: truncated_streamTime: ${told}Request ID: ${dropped.requestId}What was reported${dropped.detail}`,
    ]);
  });

  it("copies the details for a report", async () => {
    await panel.emit(retryAt(start, throttledBriefly), retryAt(start, dropped, 2));
    await press("Details");
    await press("Copy Details");
    const report = await panel.page.evaluate(() => navigator.clipboard.readText());
    const told = await timeOf(start);
    assert.equal(
      report,
      [throttledBriefly, dropped]
        .map(
          ({ message, kind, requestId, detail }) =>
            `${message}\nKind: ${kind}\nTime: ${told}\nRequest ID: ${requestId}\n${detail}`,
        )
        .join("\n\n"),
    );
  });

  it("folds into one quiet line when the answer comes, and gives the focus to the composer", async () => {
    await panel.emit(retryAt(start, throttledBriefly), retryAt(start + 3000, dropped, 2));
    await notice().getByRole("button", { name: "Stop" }).focus();
    await panel.emit({ type: "step-start", step: 1, attempt: 3, at: start + 11_000 }, text("Here."));
    assert.equal(await notice().count(), 0);
    const row = panel.page.getByRole("button", { name: "Recovered after 2 retries (11\u00a0s)" });
    assert.equal(await panel.page.locator(".error-item").count(), 0);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.className), "composer-input");
    await row.click();
    assert.deepEqual(await panel.page.locator(".error-message").allTextContents(), [
      `1. ${throttledBriefly.message}`,
      `2. ${dropped.message}`,
    ]);
  });

  it("greys what the failed attempt had shown and says so, until the first new word takes its place", async () => {
    await panel.emit(text("kept"), { type: "step-end", stopReason: "tool_use", usage: null, at: start });
    await panel.emit({ type: "step-start", step: 2, attempt: 1, at: start }, text("half an ans", 1));
    await panel.emit(toolStart("half", "search_files", "Searching"), retryAt(start, dropped));
    const opacities = () =>
      panel.page
        .locator(".answer :is(.markdown, .tool)")
        .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).opacity));
    const greyed = await opacities();
    assert.deepEqual([greyed[0], greyed[1] !== "1", greyed[2] !== "1"], ["1", true, true]);
    assert.equal(await panel.textOf(".replaced-mark"), "Connection lost; asking again");
    assert.equal(await panel.textOf(".tool .disclosure-header"), "Searching Not run");
    await panel.emit({ type: "step-start", step: 2, attempt: 2, at: start });
    assert.equal(await answer(), "kept|half an ans");
    await panel.emit(text("whole answer", 1));
    assert.equal(await answer(), "kept|whole answer");
    assert.deepEqual(await opacities(), ["1", "1"]);
    assert.equal(await panel.page.locator(".replaced-mark").count(), 0);
  });

  it("does not call it a lost connection when the model's own answer was of no use", async () => {
    await panel.emit(text("half"), retryAt(start, { ...dropped, kind: "malformed_tool_use" }));
    assert.equal(await panel.textOf(".replaced-mark"), "Malformed; asking again");
    await panel.emit(retryAt(start, throttledBriefly, 2));
    assert.equal(await panel.textOf(".replaced-mark"), "Interrupted; asking again");
  });

  it("does not jump when new words replace old ones, and lets go of the space once they need it or at the end", async () => {
    const place = () =>
      panel.page
        .locator(".transcript")
        .evaluate(({ scrollTop, scrollHeight }) => [Math.round(scrollTop), scrollHeight]);
    const held = () => panel.page.locator(".answer").evaluate((element) => element.style.minHeight !== "");
    await panel.emit(...brokenAnswer(start), retryAt(start, dropped));
    const before = await place();
    await panel.emit({ type: "step-start", step: 1, attempt: 2, at: start });
    assert.deepEqual(await place(), before);
    await panel.emit(text("A"));
    assert.deepEqual(await place(), before);
    assert.equal(await held(), true);
    await panel.emit(text("\n\nmore".repeat(40)));
    assert.equal(await held(), false);
    await panel.emit(retryAt(start, dropped), { type: "step-start", step: 1, attempt: 3, at: start });
    await panel.emit(text("B"));
    assert.equal(await held(), true);
    assert.ok(await panel.page.getByText("B", { exact: true }).evaluate(isInView), "the new words are in view");
    await panel.emit(endAt(start, { kind: "completed" }));
    assert.equal(await held(), false);
  });

  it("names in the details the status, the time that it took and the whole address of an endpoint", async () => {
    const endpoint = "https://gateway.example/bedrock";
    await panel.emit(retryAt(start, { ...throttledBriefly, httpStatus: 429, elapsedMs: 1240, endpoint }));
    await press("Details");
    const { requestId } = throttledBriefly;
    assert.deepEqual(await panel.page.locator(".error-facts > span").allTextContents(), [
      "Kind: throttled",
      "HTTP status: 429",
      `Time: ${await timeOf(start)}`,
      "After: 1.2\u00a0s",
      `Request ID: ${requestId}`,
      `Endpoint: ${endpoint}`,
    ]);
  });

  it("names the new model while the retry runs that went to it", async () => {
    await panel.emit(retryAt(start, throttledBriefly));
    const connection = { kind: "bedrock", modelId: "us.amazon.nova-pro-v1:0", region: "us-east-1" } as const;
    const at = start + 1000;
    await panel.emit({ type: "notice", text: "From here on nova-pro answers.", at, connection });
    await panel.emit({ type: "step-start", step: 1, attempt: 2, at });
    assert.equal(await noticeText(), `${throttledBriefly.message} Retry 1 is running with nova-pro`);
  });

  it("says each retry at once, and silence, recovery and notices once when there is time", async () => {
    await panel.emit(silenceAt(start, "first-byte"));
    assert.equal(await spoken("status"), "No tokens for 30\u00a0s, reconnecting in 60\u00a0s.");
    await setTime(10);
    await panel.emit(silenceAt(start + 10_000, "first-byte", 40_000));
    assert.equal(await spoken("status"), "No tokens for 30\u00a0s, reconnecting in 60\u00a0s.");
    await panel.emit(retryAt(start + 10_000, throttledBriefly));
    assert.equal(await spoken("alert"), `${throttledBriefly.message} Retry 1 of 5, in 7\u00a0s.`);
    await setTime(12);
    await panel.page.getByText("Retry 1 of 5, in 5\u00a0s").waitFor();
    assert.equal(await spoken("alert"), `${throttledBriefly.message} Retry 1 of 5, in 7\u00a0s.`);
    await panel.emit(retryAt(start + 12_000, dropped, 2));
    assert.equal(await spoken("alert"), `${dropped.message} Retry 2 of 5, in 7\u00a0s.`);
    await panel.emit({ type: "step-start", step: 1, attempt: 3, at: start + 21_000 }, text("Here."));
    assert.equal(await spoken("status"), "Recovered after 2 retries (11\u00a0s).");
    await panel.emit({ type: "notice", text: "Cache points were left out.", at: start });
    assert.equal(await spoken("status"), "Cache points were left out.");
    assert.deepEqual(await panel.page.locator(".quiet-line").allTextContents(), ["Cache points were left out."]);
  });
});

function isInView(element: Element): boolean {
  const frame = element.closest(".transcript")?.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  return frame !== undefined && top >= frame.top && bottom <= frame.bottom;
}
