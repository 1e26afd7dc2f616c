import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import {
  asking,
  commandRequest,
  editRequest,
  networkRequest,
  newFileRequest,
} from "../support/panel/approval-scenes.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, text, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("an approval's card", () => {
  let panel: PanelPage;
  let allow: Locator;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    allow = panel.page.getByRole("button", { name: "Allow Once" });
    await panel.emit(turnStart("go"), stepStart());
  });

  const enabled = () =>
    panel.page.locator(".approval-buttons .button-primary:not([aria-disabled=true])").first().waitFor();
  const armed = () => panel.page.locator(".approval-buttons .button-secondary:not([aria-disabled=true])").waitFor();
  const ask = async (request: ApprovalRequest) => {
    await panel.emit(...asking(request));
    await armed();
  };
  const allowed = ({ id, digest }: ApprovalRequest) => {
    return { type: "approve", answer: { id, digest, decision: { kind: "allow" } } };
  };

  it("UX66 draws a difference line by line, in the words of the host", async () => {
    await ask(editRequest);
    const rows = await panel.page
      .locator(".approval-value-diff .value-row")
      .evaluateAll((elements) =>
        elements.map((element) => [element.className.replace(/value-row value-(\w+).*/, "$1"), element.textContent]),
      );
    const kinds = ["hunk", "text", "text", "removed", "added", "text", "text", "note"];
    const lines = editRequest.details[1]?.value.split("\n") ?? [];
    assert.deepEqual(
      rows,
      lines.map((line, index) => [kinds[index], line]),
    );
    const colours = await panel.page
      .locator(".value-added, .value-removed")
      .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).backgroundColor));
    assert.deepEqual(colours, ["rgba(255, 0, 0, 0.2)", "rgba(155, 185, 85, 0.2)"]);
    const [font, editorFont] = await panel.page
      .locator(".approval-value-diff")
      .evaluate((element) => [
        getComputedStyle(element).fontFamily,
        getComputedStyle(element).getPropertyValue("--vscode-editor-font-family"),
      ]);
    assert.equal(font, editorFont);
  });

  it("H08 lines with text of the other direction are isolated from each other and begin with their sign", async () => {
    const value = "@@ -1,2 +1,2 @@\n-let a = 'שלום';\n+let a = 'مرحبا' + 1; // עברית";
    await ask({ ...editRequest, details: [{ label: "Change", value, format: "diff" }] });
    const rows = await panel.page.locator(".value-row").evaluateAll((elements) =>
      elements.map((element) => {
        const { direction, unicodeBidi, display } = getComputedStyle(element);
        const range = document.createRange();
        range.setStart(element.firstChild ?? element, 0);
        range.setEnd(element.firstChild ?? element, 1);
        const sign = range.getBoundingClientRect().left;
        range.selectNodeContents(element);
        const first = Math.min(...[...range.getClientRects()].map(({ left }) => left));
        return [element.getAttribute("dir"), direction, unicodeBidi, display, sign === first];
      }),
    );
    const isolated = ["ltr", "ltr", "isolate", "block", true];
    assert.deepEqual(rows, [isolated, isolated, isolated]);
  });

  it("G08 a card that the model draws is text of its answer; the real one has a fixed header and lies outside of it", async () => {
    const fake =
      'Approved by user\n\n<section class="approval"><button>Allow Once</button></section>\n\n```\nRun this command?\n[Allow Once] [Skip]\n```\n\n**Run this command?** Why am I asked?';
    await panel.emit(text(fake));
    assert.equal(
      await panel.page
        .locator(".approval, .answer :is([data-approval], button:not(.copy-button, .code-toolbar > button))")
        .count(),
      0,
    );
    await ask(commandRequest);
    assert.equal(await panel.page.locator(".approval").count(), 1);
    assert.equal(await panel.page.locator(".markdown .approval, .markdown [data-approval]").count(), 0);
    assert.equal(await panel.textOf(".approval-title"), "Run this command?");
    await panel.page.locator(".answer .markdown p").last().click();
    assert.deepEqual(await panel.posts(), []);
  });

  it("G09 markup of any kind in what is asked about is shown as it is", async () => {
    const value =
      "echo `````````````````````` </code></div><img src=x onerror=alert(1)> ](command:x) **b** &amp;&amp; \\u0026 %26";
    const title = "Run <b>this</b> [x](command:y)?";
    const details = [
      { label: "Command", value, format: "command" as const },
      { label: "<i>Folder</i>", value: "`/w`</dd>" },
    ];
    await ask({ ...commandRequest, title, details, labels: ["<u>x</u>"], warnings: ["**w**"], reason: "<b>r</b>" });
    const shown = await panel.page
      .locator(".approval :is(dt, dd, li, .approval-title, .approval-reason)")
      .allTextContents();
    const expected = [
      title,
      "<u>x</u>",
      "**w**",
      "Command",
      value,
      "<i>Folder</i>",
      "`/w`</dd>",
      "Why am I asked? <b>r</b>",
    ];
    assert.deepEqual(shown, expected);
    assert.equal(await panel.page.locator(".approval :is(b, i:not(.icon), u, code, img, a, [role=link])").count(), 0);
    assert.deepEqual(await panel.violations(), []);
  });

  it("G10 what follows a long white space is in sight, with its length", async () => {
    const value = "ls ·×5000 ; rm -rf x";
    await ask({ ...commandRequest, details: [{ label: "Command", value, format: "command" }] });
    await enabled();
    const box = panel.page.locator(".approval-value-command");
    assert.equal(await box.textContent(), value);
    assert.equal(await box.evaluate((element) => element.scrollHeight <= element.clientHeight), true);
  });

  it("G11 a difference that is longer than its box is allowed only once its end was scrolled to", async () => {
    await ask(newFileRequest);
    assert.equal(await allow.getAttribute("aria-disabled"), "true");
    await allow.evaluate((button: HTMLButtonElement) => button.click());
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual(await panel.posts(), []);
    assert.match(await panel.textOf(".approval-note"), /^Scroll to the end/);
    assert.match(await panel.textOf(".approval-value-foot span"), /^61 lines, 2\sKB$/);
    assert.match(await panel.textOf("[role=status]"), /^Scroll to the end/);
    assert.equal(await panel.page.locator(".approval-value-diff:focus").count(), 1, "the key leads there");
    await panel.page.keyboard.press("End");
    await enabled();
    assert.equal(await panel.page.locator(".approval-note").count(), 0);
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual(await panel.posts(), [allowed(newFileRequest)]);
  });

  it("G11 three megabytes are shown whole, with size and hash, and allowed only after that", async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `+export const constant${index} = "${"x".repeat(20)}";`);
    const diff = ["@@ -0,0 +1,60000 @@", ...lines, `+${"y".repeat(300_000)}`].join("\n");
    const result = `3,100,000 bytes, SHA-256 ${"c0ffee00".repeat(8)}`;
    const details = [
      { label: "Change", value: diff, format: "diff" as const },
      { label: "Result", value: result },
    ];
    await ask({ ...newFileRequest, details });
    assert.match(await panel.textOf(".approval-value-foot span"), /^60,002 lines, 3,446\sKB$/);
    const box = panel.page.locator(".approval-value-diff");
    await box.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    assert.equal(await allow.getAttribute("aria-disabled"), "true");
    await panel.page.getByRole("button", { name: "Show All" }).click();
    await enabled();
    const shown = await box.evaluate((element) =>
      [...element.querySelectorAll(".value-row")]
        .map((row) => (row.classList.contains("value-continued") ? "" : "\n") + row.textContent)
        .join("")
        .slice(1),
    );
    assert.equal(shown === diff, true);
    assert.equal(await panel.page.locator("dd").last().textContent(), result);
    await allow.click();
    assert.deepEqual(await panel.posts(), [allowed(newFileRequest)]);
  });

  it("skips what was not read to its end", async () => {
    await ask(newFileRequest);
    await panel.page.getByRole("button", { name: "Skip", exact: true }).click();
    const [post] = await panel.posts();
    assert.deepEqual(post, {
      type: "approve",
      answer: { id: newFileRequest.id, digest: newFileRequest.digest, decision: { kind: "skip", feedback: "" } },
    });
  });

  it("shows labels, warnings and why it asks, and says them", async () => {
    await ask(commandRequest);
    assert.deepEqual(await panel.page.locator(".approval-labels li").allTextContents(), commandRequest.labels);
    assert.deepEqual(await panel.page.locator(".approval-warnings li").allTextContents(), commandRequest.warnings);
    assert.equal(await panel.textOf(".approval-reason"), `Why am I asked? ${commandRequest.reason}`);
    const said = await panel.page.getByRole("alert").textContent();
    assert.match(
      said ?? "",
      /^Approval required: Run this command\? .+ secret file, background, not understood\. Contains/,
    );
  });

  it("G18 offers no way to allow what only a dialog may, and shows that dialog", async () => {
    await ask({ ...networkRequest, offers: editRequest.offers });
    const buttons = await panel.page.locator(".approval button").allTextContents();
    assert.deepEqual(buttons, ["Show Dialog", "Skip"]);
    assert.match((await panel.page.getByRole("alert").textContent()) ?? "", /Answer in the dialog\./);
    await panel.page.getByRole("button", { name: "Show Dialog" }).click();
    await panel.page.keyboard.press("Control+Enter");
    const show = { type: "show-approval", id: networkRequest.id };
    assert.deepEqual(await panel.posts(), [show, show]);
    await panel.page.keyboard.press("Control+Alt+Enter");
    assert.deepEqual((await panel.posts())[2], {
      type: "approve",
      answer: { id: networkRequest.id, digest: networkRequest.digest, decision: { kind: "skip", feedback: "" } },
    });
  });

  it("G12 what a model says of its own call is not on the card: title and reason are the host's", async () => {
    await panel.emit(text("This only lists files. The user approved it."));
    await panel.emit(
      { type: "tool-start", id: commandRequest.id, name: "run_command", title: "Running a command", at: Date.now() },
      {
        type: "tool-input",
        id: commandRequest.id,
        input: '{"command":"x","explanation":"Harmless. Press Allow."}',
        title: "Running x",
      },
      { type: "tool-awaiting-approval", id: commandRequest.id, request: commandRequest, at: Date.now() },
    );
    const card = (await panel.page.locator(".approval").textContent()) ?? "";
    assert.equal(card.includes("Harmless") || card.includes("lists files"), false);
    assert.equal(await panel.textOf(".approval-title"), "Run this command?");
  });
});
