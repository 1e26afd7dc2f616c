import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readScript, scriptNameOf } from "../../../../src/policy/commands/script-facts.ts";

const scripts = {
  prebuild: "tsc",
  build: "node scripts/build.mjs",
  test: "npm run build && node --test",
  loop: "npm run loop",
};
const project = { "/ws/package.json": JSON.stringify({ scripts }), "/ws/scripts/build.mjs": "one" };

async function script(name: string, changes: Readonly<Record<string, string>> = {}, folder = "/ws") {
  const files: Readonly<Record<string, string>> = { ...project, ...changes };
  return readScript(name, { folder, top: "/ws", readText: async (path) => files[path] });
}

describe("scripts of a package.json", () => {
  it("are known by what npm, pnpm and yarn call them", () => {
    const names = [
      "npm test",
      "npm t",
      "npm run build",
      "npm run-script build",
      "yarn build",
      "pnpm run a",
      "pnpm test",
      "npm build",
      "npm run",
      "make a",
    ];
    assert.deepEqual(
      names.map((text) => scriptNameOf(text.split(" "))),
      ["test", "test", "build", "build", "build", "a", "test", undefined, undefined, undefined],
    );
  });

  it("come with what runs before and after them, and with the scripts that they run", async () => {
    const found = await script("test");
    assert.deepEqual(
      [found?.name, found?.file, found?.text],
      ["test", "/ws/package.json", "test: npm run build && node --test\nprebuild: tsc\nbuild: node scripts/build.mjs"],
    );
    assert.equal(await script("nothing"), undefined);
    assert.equal((await script("loop"))?.text.split("\n").length, 5);
  });

  it("are found from a folder below, up to the workspace's own", async () => {
    assert.equal((await script("build", {}, "/ws/src/deep"))?.file, "/ws/package.json");
    assert.equal(
      await readScript("build", {
        folder: "/ws",
        top: "/ws",
        readText: async (path) => (path === "/package.json" ? project["/ws/package.json"] : undefined),
      }),
      undefined,
    );
  });

  it("have a digest that follows their text and each file that they name", async () => {
    const before = (await script("test"))?.sha256;
    assert.match(String(before), /^[0-9a-f]{64}$/);
    assert.equal((await script("test", { "/ws/other.mjs": "two" }))?.sha256, before);
    const pinned = [
      { "/ws/scripts/build.mjs": "two" },
      { "/ws/package.json": JSON.stringify({ scripts: { ...scripts, posttest: "x" } }) },
      { "/ws/package.json": JSON.stringify({ scripts: { ...scripts, prebuild: "x" } }) },
    ];
    for (const change of pinned) assert.notEqual((await script("test", change))?.sha256, before);
  });

  it("are none where the package.json is none", async () => {
    assert.equal(await script("test", { "/ws/package.json": "{" }), undefined);
  });
});
