import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openSession } from "../../../src/headless/session-file.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const main = fileURLToPath(new URL("../../../src/headless/main.ts", import.meta.url));

test("A session that cannot be written is said so with exit code 2, and the outcome stays what it was", async (context) => {
  const root = await temporaryFolder(context);
  const file = join(root, "session.jsonl");
  await symlink(join(root, "absent", "session.jsonl"), file);
  const parameters = ["--workspace", root, "--demo", "--prompt", "hello", "--json", "--session", file];

  const run = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [main, ...parameters], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });

  assert.equal(run.code, 2);
  assert.ok(
    run.stderr.startsWith(`--session: ${file} cannot be written, so this turn is not kept: ENOENT`),
    run.stderr,
  );
  assert.deepEqual(JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "").outcome, { kind: "completed" });
});

test("A session that cannot be read is refused with the name of the file", async (context) => {
  const root = await temporaryFolder(context);

  await assert.rejects(openSession(root), {
    name: "SessionFileError",
    message: /^--session: .* cannot be read: EISDIR/,
  });
});
