import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

interface Carried {
  readonly texts?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: readonly number[] }[];
}

describe("what is dropped and pasted", () => {
  let panel: PanelPage;
  let input: Locator;
  openPanelForEach({}, (opened) => {
    panel = opened;
    input = panel.page.getByRole("textbox", { name: /^Prompt/ });
  });

  /** Sends a drag or paste event with this to the composer. False where the panel kept it from the browser. */
  const carry = (kind: string, carried: Carried, shiftKey = false): Promise<boolean> =>
    input.evaluate(
      (element, { name, texts, files, shift }) => {
        const data = new DataTransfer();
        for (const [type, text] of Object.entries(texts ?? {})) data.setData(type, text);
        for (const file of files ?? [])
          data.items.add(new File([new Uint8Array(file.bytes)], file.name, { type: file.type }));
        const init = { bubbles: true, cancelable: true };
        return element.dispatchEvent(
          name === "paste"
            ? new ClipboardEvent(name, { ...init, clipboardData: data })
            : new DragEvent(name, { ...init, dataTransfer: data, shiftKey: shift }),
        );
      },
      { name: kind, ...carried, shift: shiftKey },
    );
  const references = async () =>
    (await panel.posts()).flatMap((post) => (post.type === "attach" ? [post.reference] : []));
  const overlay = () => panel.page.locator(".drop-overlay");

  it("UX26 says on dragover that Shift must be held, then what a drop does, and nothing once it has left", async () => {
    const texts = { "text/uri-list": "file:///w/a.ts" };
    await carry("dragenter", { texts });
    assert.equal(await overlay().textContent(), "Hold Shift to attach as context");
    await carry("dragover", { texts }, true);
    assert.equal(await overlay().textContent(), "Attach as Context");
    await carry("dragleave", { texts });
    assert.equal(await overlay().count(), 0);
  });

  it("UX26 attaches each file of a list once, and files that have no address by what is in them", async () => {
    assert.equal(
      await carry("drop", { texts: { "text/uri-list": "file:///w/a.ts\r\n# note\r\nfile:///w/b\r\nfile:///w/a.ts" } }),
      false,
    );
    await carry("drop", { files: [{ name: "note.txt", type: "text/plain", bytes: [104, 105] }] });
    await panel.page.waitForFunction(() => window.panelTest.posts.filter(({ type }) => type === "attach").length === 3);
    assert.deepEqual(await references(), [
      { kind: "uri", uri: "file:///w/a.ts" },
      { kind: "uri", uri: "file:///w/b" },
      { kind: "upload", name: "note.txt", data: "aGk=" },
    ]);
    assert.deepEqual(await panel.violations(), []);
  });

  it("UX26 dragged text is the browser's", async () => {
    const texts = { "text/plain": "words" };
    assert.equal(await carry("dragover", { texts }), true);
    assert.equal(await overlay().count(), 0);
    assert.equal(await carry("drop", { texts }), true);
  });

  it("UX27 a pasted image is handed on, and one that no model could take without its bytes", async () => {
    const bytes = [137, 80, 78, 71];
    assert.equal(await carry("paste", { files: [{ name: "image.png", type: "image/png", bytes }] }), false);
    await panel.waitForPost("attach");
    await input.evaluate((element) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(10_000_001)], "huge.png", { type: "image/png" }));
      element.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
    });
    await panel.page.waitForFunction(() => window.panelTest.posts.filter(({ type }) => type === "attach").length === 2);
    assert.deepEqual(await references(), [
      { kind: "upload", name: "image.png", data: "iVBORw==" },
      { kind: "upload", name: "huge.png", data: "" },
    ]);
    assert.match(await panel.textOf("[role=status]"), /^huge\.png is too large to attach/);
  });

  it("UX28 a long paste becomes a chip, and Paste as Text puts it into the prompt instead", async () => {
    const text = "line\n".repeat(50);
    assert.equal(await carry("paste", { texts: { "text/plain": text } }), false);
    assert.deepEqual(await references(), [{ kind: "pasted", text }]);
    const [post] = (await panel.posts()).filter(({ type }) => type === "attach");
    const id = post?.type === "attach" ? post.id : "";
    const attachments = [{ id, kind: "pasted", label: "Pasted text #1 – 51 lines" }] as const;
    await panel.say({ type: "context", context: { ...demoContext, attachments } });
    await panel.page.getByRole("button", { name: "Paste as Text" }).click();
    assert.deepEqual((await panel.posts()).at(-1), { type: "remove-attachment", id });
    assert.equal(await input.inputValue(), text);
    assert.equal(await panel.page.getByRole("button", { name: "Paste as Text" }).count(), 0);
  });

  it("UX28 short text and Ctrl+Shift+V paste as ever", async () => {
    assert.equal(await carry("paste", { texts: { "text/plain": "short" } }), true);
    await input.dispatchEvent("keydown", { key: "V", ctrlKey: true, shiftKey: true });
    assert.equal(await carry("paste", { texts: { "text/plain": "line\n".repeat(50) } }), true);
    assert.deepEqual(await references(), []);
  });
});
