import assert from "node:assert/strict";
import { test } from "node:test";
import { ToolError } from "../../../../src/agent/tool.ts";
import { reasonForUser } from "../../../../src/tools/context/run-gated.ts";

test("UX98 a person is told the first sentence of a failure, in whatever language it is", () => {
  const told = (message: string): string => reasonForUser(new ToolError(message));
  assert.equal(told("E_SECRET: a.key holds keys. Nothing was read."), "a.key holds keys.");
  assert.equal(told("a.ts は空です。何も読み込まれませんでした。"), "a.ts は空です。");
  assert.equal(told("no sentence"), "no sentence");
});
