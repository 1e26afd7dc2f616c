import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { mediaLimits } from "../../../src/agent/to-converse/limit-media.ts";
import { Journal } from "../../../src/chat/journal.ts";
import { readJournal } from "../../../src/chat/read-journal.ts";
import { TurnBudget } from "../../../src/policy/budgets/turn-budget.ts";
import { guardedRun } from "../../../src/policy/guarded-run.ts";
import { Redactor } from "../../../src/policy/redaction/redactor.ts";
import { createReadFile } from "../../../src/tools/read-file.ts";
import { pngHeader } from "../../support/any-history.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const context = { signal: new AbortController().signal, output: () => undefined };
const padded = (beginning: Uint8Array, size: number): Uint8Array =>
  Buffer.concat([beginning, Buffer.alloc(size - beginning.length)]);
const latin = (text: string): Buffer => Buffer.from(text, "latin1");

async function open(test: TestContext, files: Readonly<Record<string, Uint8Array>>) {
  const root = await temporaryFolder(test);
  await writeTree(root, files);
  const tool = createReadFile(fixedWorkspace([root]), openGuard);
  return { root, read: async (path: string) => (await tool.prepare({ path }, context.signal)).run(context), tool };
}

test("read_file gives an image as a block, with its kind and size in words", async (test) => {
  const gif = Buffer.from([...latin("GIF89a"), 0x40, 0x01, 0xf0, 0x00, 0, 0, 0]);
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 100, 0, 200, 3, 0, 0, 0, 0, 0]);
  const webp = Buffer.from([...latin("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"), 0x7f, 2, 0, 0xdf, 1, 0, 0, 0]);
  const { read } = await open(test, {
    "a.png": padded(pngHeader(640, 480), 12_300),
    "b.gif": gif,
    "c.jpg": jpeg,
    "d.webp": webp,
  });
  const { content, title } = await read("a.png");
  assert.equal(title, "Read a.png, PNG image, 640×480, 12 kB");
  const bytes = new Uint8Array(padded(pngHeader(640, 480), 12_300));
  assert.deepEqual(content, [
    { text: "a.png (PNG image, 640×480, 12 kB)" },
    { image: { format: "png", source: { bytes } } },
  ]);
  const others = await Promise.all(["b.gif", "c.jpg", "d.webp"].map(read));
  assert.deepEqual(
    others.map((other) => [other.title, other.content[1]?.image?.format]),
    [
      ["Read b.gif, GIF image, 320×240, 13 bytes", "gif"],
      ["Read c.jpg, JPEG image, 200×100, 17 bytes", "jpeg"],
      ["Read d.webp, WebP image, 640×480, 32 bytes", "webp"],
    ],
  );
});

test("read_file gives a PDF as a document, named by the file", async (test) => {
  const { read } = await open(test, { "Q3 report.pdf": latin("%PDF-1.7\n%\xe2\xe3") });
  const { content, title } = await read("Q3 report.pdf");
  assert.equal(title, "Read Q3 report.pdf, PDF document, 12 bytes");
  const bytes = new Uint8Array(latin("%PDF-1.7\n%\xe2\xe3"));
  assert.deepEqual(content[1], { document: { format: "pdf", name: "Q3 report", source: { bytes } } });
});

test("read_file refuses what Bedrock would: too many bytes, too many pixels", async (test) => {
  const { read } = await open(test, {
    "large.png": padded(pngHeader(10, 10), mediaLimits.imageBytes + 1),
    "wide.png": pngHeader(8001, 2),
    "large.pdf": padded(latin("%PDF-"), mediaLimits.documentBytes + 1),
    "most.png": padded(pngHeader(8000, 10), mediaLimits.imageBytes),
  });
  const messages = await Promise.all(
    ["large.png", "wide.png", "large.pdf", "most.png"].map((path) => read(path).then(({ title }) => title, String)),
  );
  assert.deepEqual(messages, [
    "ToolError: E_TOO_LARGE large.png has 3,932,161 bytes; models take images of at most 3,932,160 bytes.",
    "ToolError: E_TOO_LARGE wide.png is 8001×2 pixels; 8,000 are the most on a side.",
    "ToolError: E_TOO_LARGE large.pdf has 4,718,593 bytes; models take documents of at most 4,718,592 bytes.",
    "Read most.png, PNG image, 8000×10, 3.9 MB",
  ]);
});

test("A large image passes the guard and comes back from the journal as it was", async (test) => {
  const { root, tool } = await open(test, { "a.png": padded(pngHeader(10, 10), 3_000_000) });
  const sizes: number[] = [];
  const run = guardedRun(await tool.prepare({ path: "a.png" }, context.signal), {
    results: { fit: async (content) => content, fitError: async (text) => text },
    redactor: new Redactor(),
    allowedBy: "policy",
    warning: undefined,
    budget: new TurnBudget(() => 0),
    begin: () => undefined,
    settle: async (_exit, bytes) => void sizes.push(bytes),
  });
  const { content } = await run(context);
  const [size = 0] = sizes;
  assert.ok(size > 3_000_000 && size < 3_000_200, String(size));
  const message = { role: "user" as const, content: [{ toolResult: { toolUseId: "1", content: [...content] } }] };
  const path = join(root, "session.jsonl");
  const journal = new Journal(path, "s1", false);
  journal.message(message);
  await journal.close();
  assert.deepEqual((await readJournal(path))?.messages, [message]);
});
