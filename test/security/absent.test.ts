import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { parseToHost } from "../../src/vscode/parse-to-host.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

describe("what the product does not have", () => {
  it("J09 no message of the panel saves a setting or a secret", () => {
    for (const type of ["save-settings", "set-setting", "update-settings", "set-secret", "set-endpoint"]) {
      assert.equal(parseToHost({ type, key: "outcrop.endpoint", value: "https://example.com" }), undefined);
    }
  });

  it("J11 K10 nothing of the extension but the emulator for tests listens, and nothing reports usage", async () => {
    const entries = await readdir(join(project, "src"), { recursive: true, withFileTypes: true });
    const listening: string[] = [];
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = join(entry.parentPath, entry.name);
      const text = await readFile(file, "utf8");
      if (/\.listen\(|createServer\(/.test(text)) listening.push(file.slice(project.length));
      assert.equal(/createTelemetryLogger|TelemetryReporter|applicationinsights/.test(text), false, file);
    }
    assert.deepEqual(
      listening.filter((file) => !file.startsWith(join("src", "emulator"))),
      [],
    );
  });
});
