import type { Capabilities } from "../../../agent/capabilities.ts";
import type { ModelRequest } from "../../../agent/model.ts";
import { t, text } from "../../../protocol/localize.ts";
import type { Check } from "../check.ts";
import { tinyCall } from "../tiny-call.ts";

const name = "report";

/** One forced tool call, streamed where the model streams them. */
export const checkTools: Check = {
  id: "tools",
  title: text("Tools"),
  needs: ["call"],
  limitMs: 120_000,
  run: async (context, signal) => {
    const model = context.model(128);
    const select = {
      fix: t("Select a model that supports tools; with this one Outcrop can only talk."),
      actions: ["select-model" as const],
    };
    if (!model.capabilities.tools) return { state: "fail", what: t("This model takes no tools."), ...select };
    const answer = await tinyCall(model, request, signal);
    const { toolChoice, streamingTools } = model.capabilities;
    const cost = t(
      "{0} input and {1} output tokens{2}",
      answer.usage.inputTokens,
      answer.usage.outputTokens,
      context.costText(answer.usage),
    );
    const details = [
      ...(toolChoice.length === 0
        ? [t("toolChoice is not supported: the model decides by itself whether it calls a tool.")]
        : []),
      ...(streamingTools
        ? []
        : [t("This model does not stream tool calls: they come through Converse (bedrock:InvokeModel).")]),
    ];
    if (answer.toolUses.includes(name)) {
      const what = streamingTools
        ? t("A tool call was streamed after {0} ms. {1}.", answer.elapsedMs, cost)
        : t("A tool call came after {0} ms. {1}.", answer.elapsedMs, cost);
      return { state: "pass", what, details };
    }
    const what = t("The model was asked to call a tool and answered without one.");
    return {
      state: "fail",
      what,
      ...select,
      details: [t("Stop reason: {0}", answer.stopReason ?? t("none")), ...details],
    };
  },
};

function request({ toolChoice }: Capabilities): ModelRequest {
  const json = { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] };
  const choice = toolChoice.includes("tool")
    ? { tool: { name } }
    : toolChoice.includes("any")
      ? { any: {} }
      : undefined;
  return {
    messages: [{ role: "user", content: [{ text: `Call the tool ${name} with ok set to true.` }] }],
    toolConfig: {
      tools: [{ toolSpec: { name, description: "Reports that tools work.", inputSchema: { json } } }],
      ...(choice !== undefined && { toolChoice: choice }),
    },
  };
}
