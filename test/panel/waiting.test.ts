import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { text } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";
import { retryAt, silenceAt, throttledBriefly, turnAt } from "../support/panel/trouble-scenes.ts";

/** The time at which every turn of these tests begins, in milliseconds since the epoch. */
const start = Date.UTC(2026, 10, 21, 9, 30);

describe("requests that are held back, and silent streams", () => {
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
  const spoken = async (role: "status" | "alert") => ((await panel.page.getByRole(role).textContent()) ?? "").trim();

  it("tells for what a request is held back, and sends it now when asked to", async () => {
    const waits = {
      "back-off":
        "Waiting 4\u00a0s, because Bedrock throttled a request to claude-sonnet-4-5 (eu-central-1) a moment ago",
      "tokens-per-minute":
        "Waiting 4\u00a0s so that Bedrock does not refuse the request to claude-sonnet-4-5 (eu-central-1): tokens per minute",
      "requests-per-minute":
        "Waiting 4\u00a0s so that Bedrock does not refuse the request to claude-sonnet-4-5 (eu-central-1): requests per minute",
    } as const;
    for (const reason of ["back-off", "tokens-per-minute", "requests-per-minute"] as const) {
      await panel.emit({ type: "pace", reason, delayMs: 4000, at: start });
      assert.equal(await noticeText(), waits[reason]);
    }
    assert.equal(await spoken("status"), `${waits["back-off"]}.`);
    await panel.emit({ type: "pace", reason: "tokens-per-minute", delayMs: 4000, limit: 20_000, at: start });
    assert.equal(
      await noticeText(),
      "Waiting 4\u00a0s so that Bedrock does not refuse the request to claude-sonnet-4-5 (eu-central-1): 20,000 tokens per minute",
    );
    assert.equal(await notice().getByRole("button", { name: "Details" }).count(), 0);
    await press("Switch Model");
    await press("Send Now");
    await press("Stop");
    assert.deepEqual(await panel.posts(), [
      { type: "command", command: "selectModel" },
      { type: "retry-now" },
      { type: "stop" },
    ]);
  });

  it("keeps the details of what failed while the next request is held back", async () => {
    await panel.emit(retryAt(start, throttledBriefly));
    await panel.emit({ type: "pace", reason: "back-off", delayMs: 4000, at: start + 7000 });
    await press("Details");
    assert.match(await panel.textOf(".error-item"), /^Kind: throttledTime: .+Request ID: /);
  });

  it("shows how long a stream has been silent, in which phase, and when it will reconnect", async () => {
    const phases = {
      "first-byte": "The answer has not begun.",
      thinking: "The model was thinking.",
      text: "The model was in the middle of its answer.",
      "tool-input": "The model was in the middle of a tool call.",
    } as const;
    for (const phase of ["first-byte", "thinking", "text", "tool-input"] as const) {
      await panel.emit(silenceAt(start, phase));
      assert.equal(await panel.textOf(".notice"), `No tokens for 30\u00a0s, reconnecting in 60\u00a0s${phases[phase]}`);
    }
    await setTime(20);
    await panel.page.getByText("No tokens for 50\u00a0s, reconnecting in 40\u00a0s", { exact: true }).waitFor();
    await setTime(61);
    await panel.page.getByText("No tokens for 91\u00a0s, reconnecting now", { exact: true }).waitFor();
    await panel.emit(text("again"));
    assert.equal(await notice().count(), 0);
  });

  it("says of a silence behind which no attempt is left that it will give up", async () => {
    await panel.emit({ ...silenceAt(start, "text"), givesUp: true });
    assert.equal(await noticeText(), "No tokens for 30\u00a0s, giving up in 60\u00a0s");
    assert.equal(await spoken("status"), "No tokens for 30\u00a0s, giving up in 60\u00a0s.");
    await setTime(61);
    await panel.page.getByText("giving up now").waitFor();
  });
});
