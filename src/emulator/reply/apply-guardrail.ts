import * as z from "zod";
import { guardrails } from "../catalogue/guardrail-catalogue.ts";
import type { ParsedScript } from "../script-schema.ts";
import { blockedWordsIn, wordPolicyOf } from "../scripted-guardrail.ts";
import { shapeViolations } from "../validation/shape-violations.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import { awsError, wholeResponse } from "./http-error.ts";

const bodySchema = z.strictObject({
  source: z.enum(["INPUT", "OUTPUT"]),
  content: z.array(
    z.strictObject({
      text: z.strictObject({
        text: z.string().min(1),
        qualifiers: z.array(z.enum(["grounding_source", "query", "guard_content"])).optional(),
      }),
    }),
  ),
  outputScope: z.enum(["INTERVENTIONS", "FULL"]).optional(),
});

/** Characters of one text unit, by which ApplyGuardrail is priced. */
const unitLength = 1_000;

/** Answers ApplyGuardrail by the script's blocked words, as the same guardrail judges a conversation. */
export function applyGuardrailResponse(
  { id, version }: { readonly id: string; readonly version: string },
  request: EmulatorRequest,
  guardrail: ParsedScript["guardrail"],
  requestId: string,
): readonly ResponseStep[] {
  if (!guardrails.some((known) => (known.id === id || known.arn === id) && known.version === version)) {
    const text = "The guardrail identifier or version provided in the request does not exist.";
    return awsError(404, "ResourceNotFoundException", text, requestId);
  }
  const value = parseJson(new TextDecoder().decode(request.body));
  const parsed = bodySchema.safeParse(value);
  if (!parsed.success) {
    const text = shapeViolations(parsed.error, value)[0]?.message ?? "The request is not valid.";
    return awsError(400, "ValidationException", text, requestId);
  }
  const said = parsed.data.content.map(({ text }) => text.text).join("\n");
  const found = guardrail === undefined ? [] : blockedWordsIn(said, guardrail);
  const units = Math.ceil(said.length / unitLength);
  const message = parsed.data.source === "INPUT" ? guardrail?.inputMessage : guardrail?.outputMessage;
  const body = {
    action: found.length > 0 ? "GUARDRAIL_INTERVENED" : "NONE",
    outputs: found.length > 0 ? [{ text: message }] : [],
    assessments: found.length > 0 ? [wordPolicyOf(found)] : [],
    usage: {
      topicPolicyUnits: 0,
      contentPolicyUnits: 0,
      wordPolicyUnits: units,
      sensitiveInformationPolicyUnits: 0,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits: 0,
    },
  };
  const headers = { "content-type": "application/json", "x-amzn-requestid": requestId };
  return wholeResponse(200, headers, JSON.stringify(body));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
