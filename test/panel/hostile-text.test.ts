import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { contentSecurityPolicy } from "../../src/vscode/content-security-policy.ts";
import { forbiddenIn, type HostilePage, openHostilePage, showAnswer } from "../support/panel/hostile-page.ts";
import { stepStart, text, toolStart, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

describe("text that pretends", () => {
  const browser = suiteBrowser();
  let hostile: HostilePage;
  beforeEach(async () => {
    hostile = await openHostilePage(browser());
  });
  afterEach(() => hostile.close());

  it("I12 words that name a control make none and change nothing", async () => {
    const { panel } = hostile;
    await panel.emit(turnStart("x"), stepStart());
    const running = await panel.page.locator("button, [role=button], input, select").count();
    await panel.emit(
      text("Switch to Act Mode\n\n/approve\n\nClick Approve\n\n**[Approve]** [Allow Once](#) [x] Always allow\n"),
    );
    assert.equal(await panel.page.locator("button, [role=button], input, select").count(), running);
    assert.equal(await panel.page.locator(".answer [role=link], .approval").count(), 0);
    for (const paragraph of await panel.page.locator(".answer p").all()) await paragraph.click();
    await panel.page.keyboard.press("Control+Enter");
    await hostile.assertSilent();
  });

  it("I13 a block of code has buttons that copy, insert and compare, and none that runs", async () => {
    await showAnswer(hostile.panel, "```sh\nrm -rf /\n```\n\n    indented\n");
    const buttons = hostile.panel.page.locator(".answer .markdown button");
    const names = await buttons.evaluateAll((elements) =>
      elements.map((element) => element.getAttribute("aria-label")),
    );
    const each = ["Copy code", "Insert at Cursor", "Apply in Editor", "More actions for this code"];
    assert.deepEqual(names, [...each, ...each]);
  });

  it("I14 copied code ends without an end of line and holds no control character", async () => {
    const { panel } = hostile;
    await showAnswer(panel, "```sh\necho a\u001b[2J\u0007\u009b\n  b\u202ec\u{e0041}\n\n \t\n\n```\n");
    await panel.page.getByRole("button", { name: "Copy code" }).click();
    const copied = () => panel.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(await copied(), "echo a⟦U+001B⟧[2J⟦U+0007⟧⟦U+009B⟧\n  b⟦U+202E⟧c⟦U+E0041⟧");
    await panel.page.getByRole("button", { name: "Copy answer" }).click();
    await panel.page
      .getByRole("button", { name: "Copy answer" })
      .locator("xpath=self::*[contains(@class, 'copied')]")
      .waitFor();
    assert.doesNotMatch(await copied(), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u{e0041}]/u);
    await hostile.assertSilent();
  });

  it("I15 ids, names and keys of prototypes have no effect", async () => {
    const { panel } = hostile;
    await showAnswer(
      panel,
      [
        '<a id=vscode></a><form name=acquireVsCodeApi><input name=postMessage id=panelTest></form><img name="outcrop" id="outcrop">',
        "[__proto__]: https://example.com/a\n[constructor]: https://example.com/b\n\n[__proto__] [constructor] [toString]",
        "```__proto__\nx\n```\n\n```constructor\ny\n```\n\n```toString\nz\n```",
        "# __proto__\n\n[a](__proto__) `__proto__`",
      ].join("\n\n"),
    );
    await panel.emit(turnStart("y", [], "__proto__"), stepStart(), toolStart("__proto__", "constructor", "__proto__"));
    await panel.emit({ type: "tool-input", id: "__proto__", input: '{"__proto__":{"polluted":1}}', title: "toString" });
    await panel.emit({ type: "tool-running", id: "__proto__", at: Date.now() });
    await panel.emit(turnEnd());
    assert.deepEqual(await forbiddenIn(panel), []);
    assert.equal(await panel.page.locator("#vscode, [name]:not(meta)").count(), 0);
    assert.equal(await panel.page.evaluate(() => "polluted" in {} || "https" in {}), false);
    assert.equal(await panel.page.locator("#outcrop > .panel").count(), 1);
    await panel.page.getByRole("textbox", { name: /^Prompt/ }).fill("still works");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.posts(), [{ type: "send", text: "still works", attachments: [] }]);
    assert.deepEqual(await panel.violations(), []);
  });

  it("I16 the policy that the panel runs under is the one of the model, byte for byte", () => {
    assert.equal(
      contentSecurityPolicy("SOURCE", "NONCE"),
      "default-src 'none'; script-src 'nonce-NONCE'; style-src SOURCE; img-src SOURCE data:; font-src 'none'; connect-src 'none'; media-src 'none'; frame-src 'none'; child-src 'none'; worker-src 'none'; object-src 'none'; manifest-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });

  it("I19 what tools, errors and notices say is plain text", async () => {
    const { panel, collector } = hostile;
    const bad = `<img src="${collector.origin}/x"> ![a](${collector.origin}) [x](command:y) \u202e`;
    const shown = bad.replace("\u202e", "⟦U+202E⟧");
    await panel.emit(turnStart(bad), stepStart(), toolStart("c1", "read_file", bad));
    await panel.emit({ type: "tool-input", id: "c1", input: bad, title: bad });
    await panel.emit({ type: "tool-running", id: "c1", at: Date.now(), allowedBy: bad });
    await panel.emit({ type: "tool-end", id: "c1", state: "failed", title: bad, result: bad, at: Date.now() });
    await panel.page.locator(".tool .disclosure-header").click();
    const error = { kind: "unknown" as const, message: bad, detail: bad, requestId: bad, actions: [] };
    await panel.emit(turnEnd({ kind: "failed", error, cutOff: false }));
    await panel.page.getByRole("button", { name: "Details" }).click();
    const texts = await panel.page
      .locator(".tool pre, .tool-title, .notice-text, .notice pre")
      .evaluateAll((elements) => elements.map((element) => element.textContent));
    assert.ok(texts.length >= 4);
    assert.deepEqual(
      texts.filter((found) => !found?.includes(shown)),
      [],
    );
    assert.deepEqual(await forbiddenIn(panel), []);
    assert.equal(await panel.page.locator(".answer :is(.markdown *, [role=link], .image-text)").count(), 0);
    await hostile.assertSilent();
  });

  it("J05 messages of another frame, another origin or another shape are not heard", async () => {
    const { panel } = hostile;
    await panel.emit(turnStart("x"), stepStart(), text("before"));
    const forged = { type: "snapshot", seq: 99, chat: { sessionId: "evil", past: [], current: null }, context: {} };
    await panel.page.evaluate(async (message) => {
      const frame = document.createElement("iframe");
      document.body.append(frame);
      const events = {
        type: "events",
        seq: 1000,
        events: [{ type: "turn-end", outcome: { kind: "completed" }, at: 1 }],
      };
      const prefill = { type: "prefill", text: "evil" };
      for (const sent of [message, events, prefill]) {
        const source = frame.contentWindow;
        window.dispatchEvent(new MessageEvent("message", { data: sent, origin: window.origin, source }));
        window.dispatchEvent(
          new MessageEvent("message", { data: sent, origin: "https://evil.example", source: window }),
        );
        window.dispatchEvent(new MessageEvent("message", { data: sent, origin: "null", source: window }));
      }
      for (const sent of [
        null,
        1,
        "x",
        [],
        {},
        { type: "approve" },
        { type: "snapshot" },
        { type: "events", seq: "1" },
      ]) {
        window.postMessage(sent, window.origin);
      }
      frame.remove();
      for (let count = 0; count < 3; count += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    }, forged);
    assert.equal(await panel.textOf(".answer .markdown"), "before");
    assert.equal(await panel.page.getByRole("textbox", { name: /^Prompt/ }).inputValue(), "");
    await panel.emit(text(" and after"));
    assert.equal(await panel.textOf(".answer .markdown"), "before and after");
    await hostile.assertSilent();
  });
});
