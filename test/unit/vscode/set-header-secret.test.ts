import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setHeaderSecret } from "../../../src/vscode/set-header-secret.ts";
import { type Answer, scriptedPrompts } from "../../support/scripted-prompts.ts";

async function answer(answers: readonly Answer[], kept: Readonly<Record<string, string>>, wanted: readonly string[]) {
  const secrets = new Map(Object.entries(kept));
  const prompts = scriptedPrompts(...answers);
  const done = await setHeaderSecret({
    prompts,
    wanted,
    isName: (text) => /^[\w.-]+$/u.test(text),
    secrets: {
      names: [...secrets.keys()],
      set: async (name, value) => void secrets.set(name, value),
      remove: async (name) => void secrets.delete(name),
    },
  });
  return { done, kept: Object.fromEntries(secrets), prompts };
}

describe("setHeaderSecret", () => {
  it("sets one that the headers name, and says how they take it, without its value", async () => {
    const { done, kept, prompts } = await answer(["kong", "canary"], {}, ["kong", "no name"]);
    assert.deepEqual([kept, prompts.passwords], [{ kong: "canary" }, ["canary"]]);
    assert.equal(done, `The secret kong is set. Headers take it as \${secret:kong} in outcrop.requestHeaders.`);
  });

  it("makes a new one; a name that no header could use is asked for again", async () => {
    const { kept, prompts } = await answer(["New secret", "a b", "team", "value"], { kong: "1" }, []);
    assert.deepEqual(kept, { kong: "1", team: "value" });
    assert.ok(prompts.asked.includes("! Letters, digits, dots, hyphens and underscores."));
  });

  it("removes one", async () => {
    const { done, kept } = await answer(["Remove", "kong"], { kong: "1", team: "2" }, []);
    assert.deepEqual([done, kept], ["The secret kong was removed.", { team: "2" }]);
  });

  it("whichever question is closed, all stays as it is", async () => {
    for (const answers of [[], ["kong"], ["New"], ["New", "x"], ["Remove"]]) {
      const { done, kept } = await answer([...answers, undefined], { kong: "1" }, []);
      assert.deepEqual([done, kept], [undefined, { kong: "1" }]);
    }
  });
});
