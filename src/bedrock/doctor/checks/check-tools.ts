import type { Capabilities } from "../../../agent/capabilities.ts";
import type { ModelRequest } from "../../../agent/model.ts";
import type { Check } from "../check.ts";
import { tinyCall } from "../tiny-call.ts";

const name = "report";

/** One forced tool call, streamed where the model streams them. */
export const checkTools: Check = {
  id: "tools",
  title: "Tools",
  needs: ["call"],
  limitMs: 120_000,
  run: async (context, signal) => {
    const model = context.model(128);
    const select = {
      fix: "Select a model that supports tools; with this one Outcrop can only talk.",
      actions: ["select-model" as const],
    };
    if (!model.capabilities.tools) return { state: "fail", what: "This model takes no tools.", ...select };
    const answer = await tinyCall(model, request, signal);
    const { toolChoice, streamingTools } = model.capabilities;
    const cost = `${answer.usage.inputTokens} input and ${answer.usage.outputTokens} output tokens${context.costText(answer.usage)}`;
    const details = [
      ...(toolChoice.length === 0
        ? ["toolChoice is not supported: the model decides by itself whether it calls a tool."]
        : []),
      ...(streamingTools
        ? []
        : ["This model does not stream tool calls: they come through Converse (bedrock:InvokeModel)."]),
    ];
    if (answer.toolUses.includes(name)) {
      const how = streamingTools ? "A tool call was streamed" : "A tool call came";
      return { state: "pass", what: `${how} after ${answer.elapsedMs} ms. ${cost}.`, details };
    }
    const what = "The model was asked to call a tool and answered without one.";
    return { state: "fail", what, ...select, details: [`Stop reason: ${answer.stopReason ?? "none"}`, ...details] };
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
