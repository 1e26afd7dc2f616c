import assert from "node:assert/strict";
import { relative } from "node:path";
import { type TestContext, test } from "node:test";
import { childEnvironment, nodeExecutable, repositoryRoot } from "../../../scripts/paths.mjs";
import { runToEnd } from "../../../scripts/processes.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const steady = `
  import { test } from "node:test";
  test("is steady", () => {});
`;
const broken = `
  import { test } from "node:test";
  test("is broken", () => { throw new Error("always"); });
`;
/** Fails in its first run, and as part of a file in which another test passes. */
const unsteady = `
  import { existsSync, writeFileSync } from "node:fs";
  import { test } from "node:test";
  test("passes", () => {});
  test("loses a key", () => {
    const mark = import.meta.filename + ".ran";
    if (existsSync(mark)) return;
    writeFileSync(mark, "");
    throw new Error("the key went elsewhere");
  });
`;

/** Finds what does not hold in its first run. */
const finding = `
  import { existsSync, writeFileSync } from "node:fs";
  import { test } from "node:test";
  import fc from ${JSON.stringify(import.meta.resolve("fast-check"))};
  test("finds", () => {
    const mark = import.meta.filename + ".ran";
    const isSecond = existsSync(mark);
    writeFileSync(mark, "");
    fc.assert(fc.property(fc.integer(), () => isSecond));
  });
`;

/** What the part of these files comes to, and what it printed. */
async function run(context: TestContext, files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder(context);
  await writeTree(folder, files);
  const program = `
    import { filesAlone, nodeTestPart } from "./scripts/test/node-test-part.mjs";
    import { withSecondTry } from "./scripts/test/second-try.mjs";
    const options = { timeoutSeconds: 60, concurrency: 2 };
    const first = await nodeTestPart([${JSON.stringify(relative(repositoryRoot, folder))}], options);
    const part = await withSecondTry(first, (files) => filesAlone(files, options));
    console.log("part " + JSON.stringify(part));
  `;
  const { output } = await runToEnd(nodeExecutable(), ["--input-type=module", "--eval", program], {
    cwd: repositoryRoot,
    env: childEnvironment(),
  });
  const [printed = "", part = ""] = output.split(/^part /mu);
  return { printed, part: JSON.parse(part) };
}

test("A test that passes when its file is run again counts as passed, and is named", async (context) => {
  const { printed, part } = await run(context, { "a.test.ts": unsteady, "b.test.ts": steady });

  assert.deepEqual([part.passed, part.failed, part.results.length], [3, 0, 3]);
  assert.match(part.unsteady.join("\n"), /^loses a key \(.*a\.test\.ts\)$/);
  assert.match(printed, /✗ loses a key[\s\S]*the key went elsewhere[\s\S]*once more, alone: .*a\.test\.ts\n$/);
});

test("A test that fails again has failed, and so has the unsteady one beside it", async (context) => {
  const { part } = await run(context, { "a.test.ts": unsteady, "b.test.ts": broken });

  assert.deepEqual([part.passed, part.failed, part.unsteady], [1, 2, undefined]);
});

test("Where many files fail none is run again", async (context) => {
  const names = ["a", "b", "c", "d"].map((name) => `${name}.test.ts`);
  const { printed, part } = await run(context, Object.fromEntries(names.map((name) => [name, unsteady])));

  assert.deepEqual([part.passed, part.failed, part.unsteady], [4, 4, undefined]);
  assert.doesNotMatch(printed, /once more/);
});

test("What a property does not hold for is found, and not tried again", async (context) => {
  const { printed, part } = await run(context, { "a.test.ts": finding });

  assert.deepEqual([part.passed, part.failed, part.unsteady], [0, 1, undefined]);
  assert.match(printed, /Counterexample: /);
  assert.doesNotMatch(printed, /once more/);
});
