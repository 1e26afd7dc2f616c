import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadOnce } from "../../../src/vscode/load-once.ts";

test("What was loaded is kept, however many ask for it", async () => {
  let loads = 0;
  const once = new LoadOnce(async () => ++loads);

  assert.equal(once.current, undefined);
  assert.deepEqual(await Promise.all([once.get(), once.get()]), [1, 1]);
  assert.deepEqual([await once.get(), loads], [1, 1]);
});

test("After a failure the next call loads again", async () => {
  const attempts = [Promise.reject(new Error("the file could not be read")), Promise.resolve("loaded")];
  const once = new LoadOnce(() => attempts.shift() ?? assert.fail("loaded a third time"));

  await assert.rejects(once.get(), { message: "the file could not be read" });
  assert.equal(once.current, undefined);
  assert.equal(await once.get(), "loaded");
  assert.equal(await once.get(), "loaded");
});
