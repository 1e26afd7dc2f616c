import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { playTurn } from "../../support/play-turn.ts";
import { messageStop, modelError, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

const hello = [...textBlock(0, "Hello"), messageStop("end_turn")];
const full = [...textBlock(0, "Hel"), messageStop("model_context_window_exceeded")];
const overflow = [modelError("context_overflow")];

describe("runTurn in a conversation that stays too long", () => {
  for (const [name, reply, kind] of [
    ["a refusal", overflow, "failed"],
    ["a full context window", full, "stopped"],
  ] as const) {
    it(`makes it shorter three times after ${name}, and then ends although more could be left out`, async () => {
      let shortened = 0;
      const makeRoom = async (): Promise<boolean> => {
        shortened++;
        return true;
      };
      const model = new ScriptedModel(...Array.from({ length: 40 }, () => reply), hello);
      const { outcome } = await playTurn({ model, makeRoom });
      assert.deepEqual([outcome.kind, shortened, model.requests.length], [kind, 3, 4]);
    });

    it(`goes on where the third time helped after ${name}`, async () => {
      const model = new ScriptedModel(reply, reply, reply, hello);
      const { outcome } = await playTurn({ model, makeRoom: async () => true });
      assert.deepEqual([outcome, model.requests.length], [{ kind: "completed" }, 4]);
    });
  }
});
