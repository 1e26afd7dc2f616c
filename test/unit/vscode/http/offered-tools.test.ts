import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { offeredTools } from "../../../../src/vscode/http/offered-tools.ts";

function memento() {
  const kept = new Map<string, unknown>();
  return {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
}

describe("offeredTools", () => {
  it("tells of each version once, and reads nothing through a link", async (test) => {
    const folder = mkdtempSync(join(tmpdir(), "outcrop-offered-"));
    test.after(() => rmSync(folder, { recursive: true }));
    const memory = memento();
    assert.deepEqual(await offeredTools(memory, [folder]), []);
    const file = join(folder, ".outcrop", "http-tools.json");
    mkdirSync(join(folder, ".outcrop"));
    writeFileSync(file, "[]");
    assert.deepEqual(await offeredTools(memory, [folder]), [{ folder, name: file, text: "[]" }]);
    assert.deepEqual(await offeredTools(memory, [folder]), []);
    writeFileSync(file, "[1]");
    assert.equal((await offeredTools(memory, [folder])).length, 1);
    rmSync(file);
    writeFileSync(join(folder, "secret.json"), "[2]");
    symlinkSync(join(folder, "secret.json"), file);
    assert.deepEqual(await offeredTools(memory, [folder]), []);
  });

  it("offers OpenAPI documents, and what a workspace writes down for the setting, which counts for nothing there", async (test) => {
    const folder = mkdtempSync(join(tmpdir(), "outcrop-offered-"));
    test.after(() => rmSync(folder, { recursive: true }));
    const memory = memento();
    for (const name of [".outcrop", ".vscode"]) mkdirSync(join(folder, name));
    const [yaml, settings] = [join(folder, ".outcrop", "openapi.yaml"), join(folder, ".vscode", "settings.json")];
    writeFileSync(yaml, "openapi: 3.1.0");
    writeFileSync(settings, '{\n  // ours\n  "outcrop.httpTools": [{ "name": "ping" }],\n  "editor.tabSize": 2,\n}');
    assert.deepEqual(await offeredTools(memory, [folder]), [
      { folder, name: yaml, text: "openapi: 3.1.0" },
      { folder, name: settings, text: '[{"name":"ping"}]' },
    ]);
    for (const text of ['{ "outcrop.httpTools": "no list" }', '{ "outcrop.httpTools": [] }', "{ outcrop.httpTools"]) {
      writeFileSync(settings, text);
      assert.deepEqual(await offeredTools(memory, [folder]), []);
    }
    writeFileSync(settings, '{ "editor.tabSize": 4, "outcrop.httpTools": [{ "name": "ping" }] }');
    assert.deepEqual(await offeredTools(memory, [folder]), []);
  });
});
