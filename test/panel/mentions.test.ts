import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import type { ContextItem } from "../../src/protocol/attachment.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const found: readonly ContextItem[] = [
  { reference: { kind: "file", path: "src/net/retry-delay.ts" }, label: "retry-delay.ts", description: "src/net" },
  { reference: { kind: "folder", path: "src/net" }, label: "net", description: "src" },
  {
    reference: { kind: "symbol", name: "retryDelay", path: "src/net/retry-delay.ts", startLine: 3, endLine: 9 },
    label: "retryDelay",
    description: "function in retry-delay.ts:3",
  },
];

describe("marks in the composer", () => {
  let panel: PanelPage;
  let input: Locator;
  let options: Locator;
  openPanelForEach({}, (opened) => {
    panel = opened;
    input = panel.page.getByRole("textbox", { name: /^Prompt/ });
    options = panel.page.getByRole("option");
  });

  const queries = async () => (await panel.posts()).filter(({ type }) => type === "find-context");
  /** Types a mark and what follows it, and answers the last query. */
  const search = async (text: string, items: readonly ContextItem[] = found) => {
    await input.focus();
    await panel.page.keyboard.type(text);
    await panel.waitForPost("find-context");
    await panel.page.locator(".mentions").waitFor();
    const query = (await queries()).length;
    await panel.say({ type: "context-found", query, items, isComplete: true });
  };
  const labels = () => options.locator(".mention-label").allTextContents();

  it("UX20 # and @ open a listbox that the input points into, while the input keeps the focus", async () => {
    for (const mark of ["#", "@"]) {
      await search(`${mark}ret`);
      const list = panel.page.getByRole("listbox", { name: "Context" });
      assert.equal(await list.count(), 1);
      assert.deepEqual(await labels(), ["retry-delay.ts", "net", "retryDelay"]);
      const active = await input.getAttribute("aria-activedescendant");
      assert.equal(await panel.page.locator(`#${active}`).getAttribute("aria-selected"), "true");
      assert.equal(await input.getAttribute("aria-controls"), await list.getAttribute("id"));
      assert.equal(await input.evaluate((element) => element === document.activeElement), true);
      await input.fill("");
    }
  });

  it("UX20 arrows walk around, Enter writes the name and attaches what it is", async () => {
    await search("look at #ret");
    await panel.page.keyboard.press("ArrowUp");
    assert.equal(
      await panel.page.getByRole("option", { selected: true }).textContent(),
      "retryDelayfunction in retry-delay.ts:3",
    );
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Enter");
    assert.equal(await input.inputValue(), "look at #retry-delay.ts ");
    const [attached] = (await panel.posts()).filter((post) => post.type === "attach");
    assert.deepEqual(attached?.reference, found[0]?.reference);
    assert.equal(await panel.page.getByRole("listbox").count(), 0);
    assert.equal(await input.getAttribute("aria-activedescendant"), null);
  });

  it("UX20 Tab and a click accept as Enter does, and the text behind the caret stays", async () => {
    await input.fill("compare  with the tests");
    await input.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(8, 8));
    await search("@net");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Tab");
    assert.equal(await input.inputValue(), "compare @net/ with the tests");
    await search("#ret");
    await options.nth(2).click();
    assert.equal(await input.inputValue(), "compare @net/ #retryDelay with the tests");
    const kinds = (await panel.posts()).flatMap((post) => (post.type === "attach" ? [post.reference.kind] : []));
    assert.deepEqual(kinds, ["folder", "symbol"]);
  });

  it("UX20 Escape closes the list and keeps the text; it stays closed until another mark is typed", async () => {
    await search("#ret");
    await panel.page.keyboard.press("Escape");
    await panel.page.keyboard.type("ry");
    assert.equal(await panel.page.getByRole("listbox").count(), 0);
    assert.equal(await input.inputValue(), "#retry");
    await panel.page.keyboard.type(" #x");
    await panel.page.locator(".mentions").waitFor();
  });

  it("UX20 without letters the fixed ones are offered too; those of a query only by the beginning of a word", async () => {
    await search("#");
    assert.deepEqual((await labels()).slice(3), [
      "Selection",
      "Open editors",
      "Problems",
      "Changes",
      "Terminal selection",
    ]);
    await panel.page.keyboard.type("sel");
    assert.deepEqual((await labels()).slice(0, 2), ["Selection", "Terminal selection"]);
  });

  it("UX20 an address is offered as a page, which is not fetched by the panel", async () => {
    await search("#https://example.com/a", []);
    assert.deepEqual(await labels(), ["Page https://example.com/a"]);
    await panel.page.keyboard.press("Enter");
    const [attached] = (await panel.posts()).filter((post) => post.type === "attach");
    assert.deepEqual(attached?.reference, { kind: "url", url: "https://example.com/a" });
    assert.deepEqual(panel.foreignRequests, []);
  });

  it("UX20 a mark within a word, an address or a heading opens nothing", async () => {
    await input.focus();
    await panel.page.keyboard.type("a#b me@home https://x.y/#top ");
    assert.deepEqual(await queries(), []);
    await panel.page.keyboard.type("## heading");
    assert.equal(await panel.page.getByRole("listbox").count(), 0);
  });

  it("UX21 an answer to an earlier query is dropped", async () => {
    await search("#re");
    await panel.page.keyboard.type("t");
    await panel.say({ type: "context-found", query: 3, items: found.slice(0, 1), isComplete: false });
    await panel.say({ type: "context-found", query: 2, items: found, isComplete: true });
    assert.deepEqual(await labels(), ["retry-delay.ts"]);
    assert.equal(await panel.textOf(".mentions-note"), "Searching…");
  });

  it("UX20 / at the start opens the commands and those of prompt files; elsewhere it is text", async () => {
    await input.focus();
    await panel.page.keyboard.type("/");
    await panel.page.getByRole("listbox", { name: "Commands" }).waitFor();
    await panel.say({ type: "prompts-found", prompts: [{ name: "review", description: "Reviews a change" }] });
    assert.deepEqual(await labels(), [
      ...["/clear", "/compact", "/export", "/fork", "/help", "/init [wishes]", "/models", "/rename [name]", "/review"],
    ]);
    await panel.page.keyboard.type("rev");
    await panel.page.keyboard.press("Tab");
    assert.equal(await input.inputValue(), "/review ");
    await panel.page.keyboard.type("this /");
    assert.equal(await panel.page.getByRole("listbox").count(), 0);
    await panel.page.keyboard.press("Enter");
    assert.deepEqual((await panel.posts()).at(-1), { type: "send", text: "/review this /", attachments: [] });
  });

  it("UX20 a prompt that is sent before its chip is there takes the attachment along", async () => {
    await search("#ret");
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("Enter");
    const [attached] = (await panel.posts()).filter((post) => post.type === "attach");
    assert.deepEqual((await panel.posts()).at(-1), {
      type: "send",
      text: "#retry-delay.ts",
      attachments: [attached?.id],
    });
  });

  it("UX20 a click elsewhere closes the list", async () => {
    await search("#ret");
    await input.blur();
    assert.equal(await panel.page.getByRole("listbox").count(), 0);
  });
});
