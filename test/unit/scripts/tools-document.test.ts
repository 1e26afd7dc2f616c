import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { repositoryRoot } from "../../../scripts/paths.mjs";
import { renderTools } from "../../../scripts/tools-document/render-tools.mjs";
import { everyTool } from "../../support/every-tool.ts";

describe("docs/tools.md", () => {
  const tools = everyTool();

  it("is what the definitions say today: npm run tools", () => {
    assert.equal(readFileSync(join(repositoryRoot, "docs", "tools.md"), "utf8"), renderTools(tools));
  });

  it("every tool names its limits, and nothing else has its name", () => {
    assert.deepEqual(
      tools.filter(({ limits }) => limits.length === 0).map(({ name }) => name),
      [],
    );
    assert.equal(new Set(tools.map(({ name }) => name)).size, tools.length);
  });

  it("asks before whatever has an effect", () => {
    const rows = new Map(
      [...renderTools(tools).matchAll(/^\| \[`(\w+)`\].*\| ([^|]+) \|$/gmu)].map(([, name, answer]) => [name, answer]),
    );
    for (const { name, effect } of tools) {
      assert.equal(rows.get(name), effect === "read" ? "runs by itself" : "asks, until a rule allows it", name);
    }
  });
});
