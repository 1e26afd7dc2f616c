import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type AwsFileChange, watchAwsFiles } from "../../../../src/bedrock/identity/watch-aws-files.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** Changes as they come, each awaited in turn. */
function follow(test: TestContext, environment: NodeJS.ProcessEnv): () => Promise<AwsFileChange> {
  const seen: AwsFileChange[] = [];
  let wake = (): void => undefined;
  const stop = watchAwsFiles(environment, (change) => {
    seen.push(change);
    wake();
  });
  // The watcher keeps no process alive; the test must.
  const alive = setInterval(() => undefined, 1_000);
  test.after(() => {
    clearInterval(alive);
    stop();
  });
  return async () => {
    while (seen.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return seen.shift() ?? assert.fail();
  };
}

describe("watchAwsFiles", { timeout: 60_000 }, () => {
  it("tells of profiles and of tokens, several writes as one change", async (test) => {
    const home = await temporaryFolder(test);
    await mkdir(join(home, ".aws", "sso", "cache"), { recursive: true });
    const next = follow(test, { HOME: home });
    await writeFile(join(home, ".aws", "config"), "[default]\n");
    await writeFile(join(home, ".aws", "config"), "[default]\nregion = eu-west-1\n");
    assert.equal(await next(), "profiles");
    await writeFile(join(home, ".aws", "sso", "cache", "x.json"), "{}");
    assert.equal(await next(), "tokens");
    await writeFile(join(home, ".aws", "other"), "");
    await writeFile(join(home, ".aws", "credentials"), "");
    assert.equal(await next(), "profiles");
  });

  it("tells of what aws login leaves behind, also elsewhere", async (test) => {
    const home = await temporaryFolder(test);
    const elsewhere = await temporaryFolder(test);
    await mkdir(join(home, ".aws", "login", "cache"), { recursive: true });
    const next = follow(test, { HOME: home });
    await writeFile(join(home, ".aws", "login", "cache", "x.json"), "{}");
    assert.equal(await next(), "tokens");
    const other = follow(test, { HOME: home, AWS_LOGIN_CACHE_DIRECTORY: elsewhere });
    await writeFile(join(elsewhere, "x.json"), "{}");
    assert.equal(await other(), "tokens");
  });

  it("waits for folders that are not there yet", async (test) => {
    const home = await temporaryFolder(test);
    const next = follow(test, { HOME: home });
    await mkdir(join(home, ".aws"));
    await writeFile(join(home, ".aws", "config"), "[default]\n");
    assert.equal(await next(), "profiles");
  });

  it("follows files that the environment names elsewhere", async (test) => {
    const home = await temporaryFolder(test);
    const elsewhere = await temporaryFolder(test);
    const next = follow(test, { HOME: home, AWS_CONFIG_FILE: join(elsewhere, "my-config") });
    await writeFile(join(elsewhere, "my-config"), "[default]\n");
    assert.equal(await next(), "profiles");
  });
});
