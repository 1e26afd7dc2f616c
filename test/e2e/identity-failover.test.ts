import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jane, keysOf, ssoConfig } from "../support/identity-scene.ts";
import { throttled } from "../support/throttled.ts";
import { openIdentityWorkbench } from "./identity-workbench.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";

describe("a chat that moves to a profile whose session has ended, in a real workbench", () => {
  it("signs in there, and the same turn goes on there", async (test) => {
    const scene = await openIdentityWorkbench(test, {
      files: { config: `${ssoConfig}[profile private]\nregion = us-west-2\n`, credentials: keysOf("private", jane) },
      settings: { "outcrop.profile": "private", "outcrop.failover": [{ profile: "work" }] },
      script: { replies: [throttled(1), throttled(1), throttled(1), { text: "From the other account." }] },
    });
    const { workbench, panel, rows } = scene;
    await ask(panel, "Are you there?");
    await lastAnswer(panel).getByRole("button", { name: "Move Chat…" }).click();
    await rows.filter({ hasText: "profile work" }).click();
    const failure = lastAnswer(panel).locator(".notice.failure, .notice", { hasText: "has ended" });
    await failure.getByText("The IAM Identity Center session of the profile work has ended: sign in again").waitFor();
    const before = scene.signers();
    await workbench.screenshot("identity-moved-expired");
    await failure.getByRole("button", { name: "Sign In" }).click();
    await scene.press("Copy Link");
    await scene.confirmDevice();
    await lastAnswer(panel).getByText("From the other account.").waitFor();
    await untilEnded(panel);
    await workbench.screenshot("identity-moved");
    assert.equal(await panel.locator(".prompt").count(), 1);
    assert.deepEqual(new Set(before), new Set([`${jane.accessKeyId} us-west-2`]));
    const after = scene.signers().slice(before.length);
    assert.equal(after.length, 1);
    assert.match(after[0] ?? "", /^ASIA\w+ eu-central-1$/);
    await scene.statusBar("work · 777788889999 · eu-central-1").waitFor();
  });
});
