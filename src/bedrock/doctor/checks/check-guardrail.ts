import { ApplyGuardrailCommand } from "@aws-sdk/client-bedrock-runtime";
import { t, text } from "../../../protocol/localize.ts";
import { createClient } from "../../client.ts";
import type { Check } from "../check.ts";

/** Whether the configured guardrail is there and may be applied. */
export const checkGuardrail: Check = {
  id: "guardrail",
  title: text("Guardrail"),
  needs: ["identity", "region", "endpoint"],
  limitMs: 30_000,
  run: async (context, signal) => {
    const { guardrail } = context.parts;
    if (guardrail === undefined) return { state: "skipped", why: t("None is configured.") };
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
      const what =
        action === "GUARDRAIL_INTERVENED"
          ? t('{0}, version {1}, blocks the word "Hello".', identifier, version)
          : t("{0}, version {1}, answers.", identifier, version);
      return { state: "pass", what };
    } finally {
      client.destroy();
    }
  },
};
