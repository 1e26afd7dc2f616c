import assert from "node:assert/strict";
import { test } from "node:test";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { waitingApprovals } from "../../src/vscode/waiting-approvals.ts";
import { openGatewaySession } from "./test-access.ts";

const commands = ["git status --short", "curl https://example.com/"];

test("E01 E20 the built extension understands shell commands: it offers rules, and names what reaches the network", async (context) => {
  const toolUses = commands.map((command) => ({ name: "run_command", input: { command } }));
  const emulator = await startEmulator({ script: { replies: [{ toolUses }, { text: "Done." }] } });
  context.after(() => emulator.close());
  const session = await openGatewaySession(context, emulator.url);
  const asked: unknown[] = [];
  context.after(
    session.subscribe((event) => {
      if (event.type !== "tool-awaiting-approval") return;
      const { id, digest, tier, labels, offers } = event.request;
      asked.push({ tier, labels, offers: offers.map(({ label }) => label) });
      queueMicrotask(() => session.answer({ id, digest, decision: { kind: "skip", feedback: "" } }, "user"));
    }),
  );
  await session.send({ text: "run them", attachments: [] });
  assert.deepEqual(asked, [
    { tier: 1, labels: [], offers: ["this command", "every git status"] },
    { tier: 2, labels: ["network"], offers: [] },
  ]);
  assert.deepEqual(waitingApprovals(session.chat), []);
});
