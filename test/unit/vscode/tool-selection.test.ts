import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Tool } from "../../../src/agent/tool.ts";
import { toolSets } from "../../../src/tools/tool-sets.ts";
import { checkedRows, followSets } from "../../../src/vscode/tool-selection.ts";
import { answeringTool } from "../../support/fake-tool.ts";

const tool = (name: string, own: Partial<Tool> = {}): Tool => ({ ...answeringTool(name, ""), ...own });
const sets = toolSets([
  tool("run", { effect: "execute" }),
  tool("remote", { set: "MCP: weather" }),
  tool("look"),
  tool("read"),
]);
const [look, run, mcp] = ["set Built-in: Find and read", "set Built-in: Run", "set MCP: weather"] as const;

describe("the list of tools", () => {
  it("has the built-in tools by what they do, then the sets from elsewhere", () => {
    assert.deepEqual(
      sets.map(({ name, tools }) => [name, tools.map((member) => member.name)]),
      [
        ["Built-in: Find and read", ["look", "read"]],
        ["Built-in: Run", ["run"]],
        ["MCP: weather", ["remote"]],
      ],
    );
  });

  it("checks a set where all of its tools are on", () => {
    const rows = checkedRows(sets, (name) => name !== "read" && name !== "remote");
    assert.deepEqual([...rows], ["look", run, "run"]);
  });

  it("turns all tools of a set on or off with its row", () => {
    const before = checkedRows(sets, (name) => name === "look" || name === "run");
    const on = followSets(sets, before, new Set([...before, look]));
    assert.deepEqual([...on], [look, "look", "read", run, "run"]);
    const off = followSets(sets, on, new Set([...on].filter((row) => row !== look)));
    assert.deepEqual([...off], [run, "run"]);
  });

  it("lets a set's row follow its tools", () => {
    const all = checkedRows(sets, () => true);
    const fewer = followSets(sets, all, new Set([...all].filter((row) => row !== "read")));
    assert.deepEqual([...fewer], ["look", run, "run", mcp, "remote"]);
    assert.deepEqual([...followSets(sets, fewer, new Set([...fewer, "read"]))], [...all]);
  });
});
