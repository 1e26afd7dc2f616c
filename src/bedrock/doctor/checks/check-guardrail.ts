import { ApplyGuardrailCommand } from "@aws-sdk/client-bedrock-runtime";
import { createClient } from "../../client.ts";
import type { Check } from "../check.ts";

/** Whether the configured guardrail is there and may be applied. */
export const checkGuardrail: Check = {
  id: "guardrail",
  title: "Guardrail",
  needs: ["identity", "region", "endpoint"],
  limitMs: 30_000,
  run: async (context, signal) => {
    const { guardrail } = context.parts;
    if (guardrail === undefined) return { state: "skipped", why: "None is configured." };
    const { identifier, version } = guardrail;
    const client = createClient(context.settings);
    const content = [{ text: { text: "Hello" } }];
    const command = new ApplyGuardrailCommand({
      guardrailIdentifier: identifier,
      guardrailVersion: version,
      source: "INPUT",
      content,
    });
    try {
      const { action } = await client.send(command, { abortSignal: signal });
      const said = action === "GUARDRAIL_INTERVENED" ? 'blocks the word "Hello"' : "answers";
      return { state: "pass", what: `${identifier}, version ${version}, ${said}.` };
    } finally {
      client.destroy();
    }
  },
};
