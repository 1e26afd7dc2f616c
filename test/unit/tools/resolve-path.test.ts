import assert from "node:assert/strict";
import { join, sep } from "node:path";
import { test } from "node:test";
import { isInsideByText, resolvePath, showPath } from "../../../src/tools/resolve-path.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

test("A relative path lies below the only folder and is shown as relative, dots resolved", async () => {
  const folder = { name: "ws", path: "/ws" };

  assert.deepEqual(await resolvePath("src/../src/a.ts", [folder]), { path: "/ws/src/a.ts", shown: "src/a.ts", folder });
  assert.deepEqual(await resolvePath(".", [folder]), { path: "/ws", shown: ".", folder });
});

test("A path that leaves the folder, and a sibling that only begins alike, are shown as absolute", async () => {
  const folders = [{ name: "ws", path: "/ws" }];

  assert.deepEqual(await resolvePath("../out.txt", folders), {
    path: "/out.txt",
    shown: "/out.txt",
    folder: undefined,
  });
  assert.deepEqual(await resolvePath("/ws-evil/a", folders), {
    path: "/ws-evil/a",
    shown: "/ws-evil/a",
    folder: undefined,
  });
});

test("Tilde and variables are plain names", async () => {
  const folders = [{ name: "ws", path: "/ws" }];
  const paths = await Promise.all(["~/x", "$HOME/x", "%USERPROFILE%\\x"].map((path) => resolvePath(path, folders)));

  assert.deepEqual(
    paths.map(({ path }) => path),
    [`/ws${sep}~/x`, "/ws/$HOME/x", "/ws/%USERPROFILE%\\x"],
  );
});

test("A relative path without an open folder is refused", async () => {
  await assert.rejects(resolvePath("a.ts", []), /^ToolError: E_OUTSIDE No folder is open/);
});

test("With several folders the folder's name leads the path, and is shown", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "api/src/a.ts": "", "web/src/b.ts": "" });
  const api = { name: "api", path: join(root, "api") };
  const web = { name: "web", path: join(root, "web") };

  assert.deepEqual(await resolvePath("web/src/b.ts", [api, web]), {
    path: join(root, "web", "src", "b.ts"),
    shown: "web/src/b.ts",
    folder: web,
  });
  assert.equal((await resolvePath("src/a.ts", [api, web])).path, join(root, "api", "src", "a.ts"));
  assert.equal((await resolvePath("web/src/new.ts", [api, web])).path, join(root, "web", "src", "new.ts"));
});

test("A relative path that several folders have, or none, names the candidates", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "api/README.md": "", "web/README.md": "" });
  const folders = ["api", "web"].map((name) => ({ name, path: join(root, name) }));

  await assert.rejects(resolvePath("README.md", folders), {
    name: "ToolError",
    message: `E_PATH README.md is in more than one place. Start the path with the folder's name or give an absolute one:\n- api/README.md (${root}/api/README.md)\n- web/README.md (${root}/web/README.md)`,
  });
  await assert.rejects(
    resolvePath("src/x.ts", folders),
    /^ToolError: E_PATH src\/x\.ts is in none of the open folders/,
  );
});

test("Of nested folders the inner one shows the path, and two folders of one name show it as absolute", () => {
  const outer = { name: "outer", path: "/w" };
  const inner = { name: "inner", path: "/w/pkg" };

  assert.equal(showPath("/w/pkg/a", [outer, inner]), "inner/a");
  assert.equal(showPath("/w/a", [outer, inner]), "outer/a");
  assert.equal(
    showPath("/x/w/a", [
      { name: "w", path: "/w" },
      { name: "w", path: "/x/w" },
    ]),
    "/x/w/a",
  );
});

test("A name that begins with two dots is inside", () => {
  assert.equal(isInsideByText("/ws", "/ws/..a"), true);
  assert.equal(isInsideByText("/ws", "/ws"), true);
  assert.equal(isInsideByText("/ws", "/w"), false);
});
