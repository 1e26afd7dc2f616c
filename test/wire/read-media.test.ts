import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createReadFile } from "../../src/tools/read-file.ts";
import { pngHeader } from "../support/any-history.ts";
import { fixedWorkspace } from "../support/fixed-workspace.ts";
import { openGuard } from "../support/open-guard.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { member, nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";
import { writeTree } from "../support/write-tree.ts";

useOwnEnvironment();

const png = pngHeader(640, 480);
const pdf = Buffer.from("%PDF-1.7\n%%EOF\n");
const paths = ["a.png", "docs/report_v2.pdf", "more/report_v2.pdf"];

for (const transport of transports) {
  describe(`images and documents of results over ${nameOf(transport)}`, () => {
    const read = async (test: Parameters<typeof openWireTurns>[0], modelId: string) => {
      const folder = await temporaryFolder(test);
      await writeTree(folder, { "a.png": png, "docs/report_v2.pdf": pdf, "more/report_v2.pdf": pdf });
      const calls = paths.map((path, index) => ({ name: "read_file", input: { path }, toolUseId: `t${index}` }));
      const turns = await openWireTurns(test, transport, [{ toolUses: calls }, { text: "Seen." }], {
        tools: [createReadFile(fixedWorkspace([folder]), openGuard)],
        folders: [folder],
        settings: { modelId },
      });
      assert.deepEqual(await turns.session.send({ text: "Look", attachments: [] }), { kind: "completed" });
      const messages = member(turns.emulator.requests[1]?.body, "messages");
      return Array.isArray(messages) ? messages.at(-1)?.content : assert.fail();
    };

    it("go to a model that takes them, documents with names that Bedrock takes and that differ", async (test) => {
      const results = await read(test, "global.anthropic.claude-sonnet-4-5-20250929-v1:0");
      const bytes = Buffer.from(pdf).toString("base64");
      const document = (name: string) => ({ document: { format: "pdf", name, source: { bytes } } });
      const contents = results.map((block: unknown) => member(member(block, "toolResult"), "content"));
      assert.deepEqual(contents, [
        [
          { text: "a.png (PNG image, 640×480, 33 bytes)" },
          { image: { format: "png", source: { bytes: Buffer.from(png).toString("base64") } } },
        ],
        [{ text: "docs/report_v2.pdf (PDF document, 15 bytes)" }, document("report-v2")],
        [{ text: "more/report_v2.pdf (PDF document, 15 bytes)" }, document("report-v2 (2)")],
      ]);
    });

    it("are a note for a model that takes none", async (test) => {
      const results = await read(test, "us.meta.llama3-3-70b-instruct-v1:0");
      const text = JSON.stringify(results);
      assert.match(text, /\[Image left out: this model takes none here\.\]/);
      assert.match(text, /\[Document \\"report-v2\\" left out: this model takes none here\.\]/);
      assert.doesNotMatch(text, /"image"|"document"/);
    });
  });
}
