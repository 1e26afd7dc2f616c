import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import * as z from "zod";
import { createPathContext } from "../../src/policy/paths/path-context.ts";
import { parseRule } from "../../src/policy/rules/parse-rule.ts";
import { RuleBook, type StoredRule } from "../../src/policy/rules/rule-book.ts";
import { rulesKey } from "../../src/vscode/rules-key.ts";
import { createSession } from "../support/create-session.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { messageStop, ScriptedModel, textBlock, toolBlock } from "../support/scripted-model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { testPolicy } from "../support/test-policy.ts";
import { writeTree } from "../support/write-tree.ts";

const property = z.object({ scope: z.string() });
const manifest = z.object({
  capabilities: z.object({
    untrustedWorkspaces: z.object({ supported: z.string(), restrictedConfigurations: z.array(z.string()) }),
  }),
  contributes: z.object({ configuration: z.object({ properties: z.record(z.string(), property) }) }),
});

describe("settings and rules that are not the user's", () => {
  it("D12 F02 no setting of ours can be set by a repository, trusted or not", async () => {
    const { capabilities, contributes } = manifest.parse(JSON.parse(await readFile("package.json", "utf8")));
    const { properties } = contributes.configuration;
    const loose = Object.entries(properties).filter(([, { scope }]) => !["application", "machine"].includes(scope));
    assert.deepEqual(loose, []);
    const { supported, restrictedConfigurations } = capabilities.untrustedWorkspaces;
    assert.equal(supported, "limited");
    assert.deepEqual(restrictedConfigurations.toSorted(), Object.keys(properties).sort());
  });

  it("D12 a repository that sets ours is named to the user once", async (test) => {
    const folder = await temporaryFolder(test);
    const settings = { "outcrop.endpoint": "https://evil.example", "outcrop.maxDayCost": 9999, "editor.tabSize": 2 };
    await writeTree(folder, { ".vscode/settings.json": `// ours\n${JSON.stringify(settings)}` });
    const notes: string[] = [];
    const { policy } = testPolicy({ paths: createPathContext({ folders: () => [folder] }) });
    const read = [
      ...toolBlock(0, "t1", "look", "{}"),
      ...toolBlock(1, "t2", "look", '{"a":1}'),
      messageStop("tool_use"),
    ];
    const model = new ScriptedModel(read, [...textBlock(0, "Done."), messageStop("end_turn")]);
    const { session } = createSession(model, {
      tools: () => [answeringTool("look", "seen")],
      createGate: (ask) => policy.createGate(ask, (text) => notes.push(text)),
    });
    await session.send({ text: "Look twice.", attachments: [] });
    assert.deepEqual(notes, [
      "This repository's .vscode/settings.json sets outcrop.endpoint, outcrop.maxDayCost. That has no effect: your own settings hold.",
    ]);
  });

  it("E08 a rule of one workspace is none in another, nor on another machine at the same path", async () => {
    const memory = new Map<string, readonly StoredRule[]>();
    const bookOf = (key: string): RuleBook =>
      new RuleBook({
        store: { load: () => memory.get(key) ?? [], save: async (rules) => void memory.set(key, rules) },
        repository: () => [],
      });
    const here = { remoteName: undefined, hostName: "laptop" };
    const parsed = parseRule('allow run_command(prefix "git status *")');
    assert.ok(parsed.kind === "rule");
    await bookOf(rulesKey(here, ["/a", "/b"])).add([parsed.rule], "workspace");
    assert.equal(bookOf(rulesKey(here, ["/b", "/a"])).rules.length, 1, "whatever the order of the folders");
    for (const key of [
      ...[rulesKey(here, ["/a"]), rulesKey(here, ["/a", "/c"]), rulesKey(here, ["/a", "/b", "/c"]), rulesKey(here, [])],
      rulesKey({ remoteName: "ssh-remote", hostName: "laptop" }, ["/a", "/b"]),
      rulesKey({ remoteName: "ssh-remote", hostName: "server" }, ["/a", "/b"]),
      rulesKey({ remoteName: undefined, hostName: "other" }, ["/a", "/b"]),
      rulesKey(here, ['/a","/b']),
    ]) {
      assert.deepEqual(bookOf(key).rules, [], key);
    }
  });
});
