import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { executing, gateScene, reading, twoFolders } from "./gate-scene.ts";

async function asked(test: TestContext, line: string) {
  const { ws } = await twoFolders(test);
  const scene = gateScene({ folders: [ws] });
  await scene.authorize(executing({ command: { line, cwd: ws, shell: "/bin/bash" } }), { tool: "run_command" });
  return scene.requests[0] ?? assert.fail("it is asked");
}

describe("what a card says", () => {
  it("answers 'why am I asked?' once", async (test) => {
    const reasons = [
      ["git status", "It runs a program, and no rule allows it."],
      ["echo \u200b", "It holds characters that cannot be seen."],
      ["curl https://example.com", "It reaches the network. Rules do not cover it."],
      ["git status && ls", 'It runs a program, and no rule allows it. No rule allows its part "git status".'],
    ];
    for (const [line, reason] of reasons) assert.equal((await asked(test, line ?? "")).reason, reason);
  });

  it("names the offers by what they allow", async (test) => {
    const labels = async (line: string) => (await asked(test, line)).offers.map(({ label }) => label);
    assert.deepEqual(await labels("git status -s"), ["this command", "every git status"]);
    assert.deepEqual(await labels("git status && make x"), ["this command", "every git status, make x"]);
  });

  it("does not show a place twice", async (test) => {
    const { ws, evil } = await twoFolders(test);
    const { authorize, requests } = gateScene({ folders: [ws] });
    const details = [{ label: "File", value: `${evil}/b.ts` }];
    await authorize({ ...reading(`${evil}/b.ts`), subject: { question: "Read?", details } });
    assert.deepEqual(requests[0]?.details, details);
  });
});
