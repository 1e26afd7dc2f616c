import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jane, john, keysOf } from "../support/identity-scene.ts";
import { openIdentityWorkbench } from "./identity-workbench.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";

describe("the files of ~/.aws, edited while a real workbench runs", () => {
  it("say at once who is shown, what the picker offers and who signs the next turn", async (test) => {
    const scene = await openIdentityWorkbench(test, {
      files: { config: "[profile mine]\nregion = us-west-2\n", credentials: keysOf("mine", jane) },
      settings: { "outcrop.profile": "mine" },
    });
    const { workbench, panel, rows } = scene;
    const row = (region: string) => panel.getByText(`Amazon Bedrock · ${region}`, { exact: true });
    // Before anything is asked of AWS.
    await row("us-west-2").waitFor();
    await ask(panel, "Who am I?");
    await untilEnded(panel);
    await scene.statusBar("mine · 111122223333 · us-west-2").waitFor();

    scene.write("credentials", keysOf("mine", john));
    await scene.statusBar("mine · 222233334444 · us-west-2").waitFor();
    scene.write("config", "[profile mine]\nregion = ap-southeast-2\n[profile other]\nregion = eu-north-1\n");
    await scene.statusBar("mine · 222233334444 · ap-southeast-2").waitFor();
    await row("ap-southeast-2").waitFor();
    await workbench.screenshot("identity-files-edited");
    await ask(panel, "And now?");
    await lastAnswer(panel).getByText("signed and answered").waitFor();
    await untilEnded(panel);
    assert.deepEqual(scene.signers(), [`${jane.accessKeyId} us-west-2`, `${john.accessKeyId} ap-southeast-2`]);

    await workbench.runCommand("Outcrop: Select Identity");
    await rows.filter({ hasText: "mine" }).waitFor();
    assert.equal(await rows.filter({ hasText: "theirs" }).count(), 0);
    await workbench.page.keyboard.press("Escape");
    scene.write("credentials", `${keysOf("mine", john)}${keysOf("theirs", jane)}`);
    await workbench.runCommand("Outcrop: Select Identity");
    await rows.filter({ hasText: "theirs" }).waitFor();
  });
});
