import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import * as scripts from "../../../scripts/paths.mjs";
import { cacheFolder } from "../../../src/headless/cache-folder.ts";

test("The runner looks for ripgrep where the scripts keep VS Code, whatever the environment says", (context) => {
  const { OUTCROP_CACHE, XDG_CACHE_HOME } = process.env;
  context.after(() => {
    Object.assign(process.env, { OUTCROP_CACHE, XDG_CACHE_HOME });
    if (OUTCROP_CACHE === undefined) delete process.env["OUTCROP_CACHE"];
    if (XDG_CACHE_HOME === undefined) delete process.env["XDG_CACHE_HOME"];
  });

  const environments = ["/absolute", "relative/cache", ""].flatMap((cache) =>
    ["/xdg", ""].map((xdg) => ({ OUTCROP_CACHE: cache, XDG_CACHE_HOME: xdg })),
  );
  const folders = environments.map((environment) => {
    Object.assign(process.env, environment);
    return [cacheFolder(), scripts.cacheFolder()] as const;
  });

  for (const [runner, script] of folders) assert.equal(runner, script);
  const chosen = folders.map(([folder]) => folder);
  assert.deepEqual(chosen.slice(1, 3), [resolve("/absolute"), resolve("relative/cache")]);
  if (process.platform === "linux")
    assert.deepEqual(chosen.slice(4), ["/xdg/outcrop", join(homedir(), ".cache/outcrop")]);
});
