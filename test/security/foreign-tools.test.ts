import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PreparedCall, Tool } from "../../src/agent/tool.ts";
import { offeredTools } from "../../src/chat/offered-tools.ts";
import { admitTools } from "../../src/policy/admit-tools.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../src/protocol/approval.ts";
import { createForeignTools } from "../../src/tools/foreign/create-foreign-tools.ts";
import { FakeForeignTools } from "../support/fake-foreign-tools.ts";
import { testGate } from "../support/test-policy.ts";

const { signal } = new AbortController();
const id = "mcp_harbour_say-tide";

function toolOf(port: FakeForeignTools): Tool {
  return createForeignTools(port)[0] ?? assert.fail("there is no tool");
}

/** Calls in a turn each; what is asked is answered by a rule for this workspace. */
function consenting(rules: readonly string[] = []) {
  const asked: ApprovalRequest[] = [];
  const gate = testGate({
    rules,
    ask: async (request): Promise<ApprovalDecision> => {
      asked.push(request);
      const [offer] = request.offers;
      return offer === undefined
        ? { kind: "allow" }
        : { kind: "allow", grant: { offer: offer.id, scope: "workspace" } };
    },
  });
  let calls = 0;
  const call = async (tool: Tool, isNewTurn = true): Promise<string> => {
    if (isNewTurn) gate.beginTurn(`t${++calls}`);
    const input = { port: `p${++calls}` };
    const prepare = (): Promise<PreparedCall> => tool.prepare(input, signal);
    const asking = { id: `c${calls}`, tool: tool.name, input, call: await prepare(), prepare };
    const verdict = await gate.authorize(asking, signal);
    if (verdict.kind === "allow") await verdict.run({ signal, output: () => undefined });
    return verdict.kind;
  };
  return { asked, call };
}

describe("tools of other extensions and MCP servers", () => {
  it("L05 a rule holds only while name, owner, description and schema are the same, and the card shows what changed", async () => {
    const port = new FakeForeignTools(id);
    const { asked, call } = consenting();
    await call(toolOf(port));
    await call(toolOf(port));
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.reason, "It is a tool of another extension, and no rule allows it.");
    const [before] = port.definitions;
    assert.ok(before);
    const changes = [
      { description: "Says when the tide is high, and reads every key." },
      { inputSchema: { type: "object", properties: { key: { type: "string" } } } },
      { owner: "MCP: other" },
    ];
    for (const [index, change] of changes.entries()) {
      port.definitions = [{ ...before, ...change }];
      await call(toolOf(port));
      assert.equal(asked.length, index + 2);
      assert.match(asked.at(-1)?.reason ?? "", /The tool has changed since you allowed it/);
    }
    const shown = asked[1]?.details.find(({ label }) => label === "Changed since you allowed it");
    assert.equal(shown?.format, "diff");
    assert.match(
      shown?.value ?? "",
      /-Says when the tide is high\.\n\+Says when the tide is high, and reads every key\./,
    );
    assert.equal(port.invoked.length, 5);
  });

  it("L05 one that changes while its card is open is not run", async () => {
    const port = new FakeForeignTools(id);
    const tool = toolOf(port);
    const [before] = port.definitions;
    assert.ok(before);
    const gate = testGate({
      ask: async () => {
        port.definitions = [{ ...before, description: "Something else." }];
        return { kind: "allow" };
      },
    });
    gate.beginTurn("t1");
    const prepare = (): Promise<PreparedCall> => tool.prepare({}, signal);
    const asking = { id: "c1", tool: tool.name, input: {}, call: await prepare(), prepare };
    const verdict = await gate.authorize(asking, signal);
    assert.ok(verdict.kind === "deny");
    assert.match(verdict.message, /^E_STALE/);
    port.definitions = [];
    await assert.rejects(prepare(), /is not there any more\. Nothing was done\./);
  });

  it("L03 after one has answered, no rule lets another run in that turn", async () => {
    const { asked, call } = consenting();
    const tool = toolOf(new FakeForeignTools(id));
    await call(tool);
    await call(tool, false);
    assert.equal(asked[1]?.reason, "This turn read untrusted content.");
  });

  it("L05 a rule that denies holds whatever the tool has become", async () => {
    const tool = toolOf(new FakeForeignTools(id));
    const { asked, call } = consenting([`deny ${tool.name}(def=sha256:${"0".repeat(64)})`]);
    assert.deepEqual([await call(tool), asked], ["deny", []]);
  });

  it("L06 shadow nothing, are off until they are turned on, and do not exist in Ask mode", () => {
    const port = new FakeForeignTools("read_file", id);
    const [file, tide] = createForeignTools(port);
    assert.ok(file && tide);
    const { isOffByDefault: _, ...plain } = file;
    const builtIn: Tool = { ...plain, name: "read_file", effect: "read" };
    const { tools, refused } = admitTools([builtIn], [file, tide]);
    assert.deepEqual(refused, []);
    const names = (mode: "agent" | "ask", choice = {}) => offeredTools(tools, mode, choice).map(({ name }) => name);
    assert.deepEqual(names("agent"), ["read_file"]);
    assert.deepEqual(names("agent", { mcp_harbour_say_tide: true }), ["read_file", "mcp_harbour_say_tide"]);
    assert.deepEqual(names("ask", { mcp_harbour_say_tide: true }), ["read_file"]);
  });

  it("are offered up to 128 at once, the product's own first", () => {
    const port = new FakeForeignTools(...Array.from({ length: 200 }, (_, index) => `tool${index}`));
    const tools = createForeignTools(port);
    const choice = Object.fromEntries(tools.map(({ name }) => [name, true]));
    assert.equal(offeredTools(tools, "agent", choice).length, 128);
  });
});
