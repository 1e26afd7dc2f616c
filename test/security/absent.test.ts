import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { parseToHost } from "../../src/vscode/parse-to-host.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

async function sources(): Promise<string> {
  const entries = await readdir(join(project, "src"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
}

describe("what the product does not have", () => {
  it("J09 no message of the panel saves a setting or a secret", () => {
    for (const type of ["save-settings", "set-setting", "update-settings", "set-secret", "set-endpoint"]) {
      assert.equal(parseToHost({ type, key: "outcrop.endpoint", value: "https://example.com" }), undefined);
    }
  });

  it("J10 no address of the editor's own scheme leads into the extension", async () => {
    const manifest = await readFile(join(project, "package.json"), "utf8");
    assert.equal(manifest.includes("onUri"), false);
    assert.equal((await sources()).includes("registerUriHandler"), false);
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

  it("K04 there is no command that exports a chat, so nothing of one leaves by it", async () => {
    const { contributes } = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
    const names = contributes.commands.map(({ command }: { readonly command: string }) => command);
    assert.deepEqual(
      names.filter((name: string) => /export/i.test(name)),
      ["outcrop.exportAuditLog", "outcrop.exportUsage"],
    );
  });
});
