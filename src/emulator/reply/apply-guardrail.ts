import * as z from "zod";
import type { ScriptedGuardrail } from "../script-schema.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import { awsError, wholeResponse } from "./http-error.ts";

const requestSchema = z.strictObject({
  source: z.enum(["INPUT", "OUTPUT"]),
  content: z.array(z.strictObject({ text: z.looseObject({ text: z.string() }) })).min(1),
  outputScope: z.enum(["INTERVENTIONS", "FULL"]).optional(),
});

/** Answers ApplyGuardrail by the script's guardrail; an account without one has none of this name. */
export function applyGuardrail(
  request: EmulatorRequest,
  guardrail: ScriptedGuardrail | undefined,
  requestId: string,
): readonly ResponseStep[] {
  const parsed = requestSchema.safeParse(parseJson(request.body));
  if (!parsed.success) return awsError(400, "ValidationException", z.prettifyError(parsed.error), requestId);
  if (guardrail === undefined) {
    const message = "The guardrail identifier or version provided in the request does not exist.";
    return awsError(404, "ResourceNotFoundException", message, requestId);
  }
  const { source, content } = parsed.data;
  const text = content.map((part) => part.text.text.toLowerCase()).join("\n");
  const found = guardrail.blockedWords.filter((word) => text.includes(word.toLowerCase()));
  const customWords = found.map((match) => ({ match, action: "BLOCKED", detected: true }));
  const words = source === "INPUT" ? guardrail.inputMessage : guardrail.outputMessage;
  const body = {
    action: found.length > 0 ? "GUARDRAIL_INTERVENED" : "NONE",
    outputs: found.length > 0 ? [{ text: words }] : [],
    assessments: found.length > 0 ? [{ wordPolicy: { customWords, managedWordLists: [] } }] : [],
    usage: {
      topicPolicyUnits: 0,
      contentPolicyUnits: 0,
      wordPolicyUnits: 1,
      sensitiveInformationPolicyUnits: 0,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits: 0,
    },
  };
  const headers = { "content-type": "application/json", "x-amzn-requestid": requestId };
  return wholeResponse(200, headers, JSON.stringify(body));
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
