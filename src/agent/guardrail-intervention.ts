import type { Message } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import type { GuardrailFinding, GuardrailPolicy, GuardrailReport } from "../protocol/guardrail.ts";

/** An answer at which a guardrail intervened. */
export interface Intervention {
  /** Undefined where the answer came without a trace, as with a guardrail whose trace is off. */
  readonly report: GuardrailReport | undefined;
  /** What of the answer belongs to the conversation. */
  readonly message: Message;
  /** The guardrail's own words, where other text was shown before them: that text is void. */
  readonly retracted: string | undefined;
}

/** What a trace may fill the screen and the journal with. */
const mostFindings = 20;
const longestText = 200;

/**
 * Reads `metadata.trace.guardrail` of an answer with `stopReason: guardrail_intervened`. With `streamProcessingMode:
 * "async"` text is on its way before the guardrail has judged it; `modelOutput` tells it from the guardrail's own words.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailTraceAssessment.html
 */
export function readIntervention(message: Message, trace: unknown): Intervention {
  const parsed = traceSchema.safeParse(trace);
  const report = parsed.success ? toReport(parsed.data) : undefined;
  if (report !== undefined && !report.blocked) return { report, message, retracted: undefined };
  const own = guardrailsWords(message, parsed.success ? parsed.data.modelOutput.join("") : "");
  const texts = (message.content ?? []).flatMap(({ text }) => text ?? []);
  const isWhole = own === texts.join("");
  const blocksAnswer = report?.findings.some(({ side }) => side === "output") === true;
  return {
    report,
    message: isWhole && !blocksAnswer ? message : { role: "assistant", content: own === "" ? [] : [{ text: own }] },
    retracted: isWhole ? undefined : own,
  };
}

/** The guardrail's words come last: behind the model's output, or in a block of their own. */
function guardrailsWords({ content = [] }: Message, modelOutput: string): string {
  const texts = content.flatMap(({ text }) => text ?? []);
  const shown = texts.join("");
  if (modelOutput !== "" && shown.startsWith(modelOutput)) return shown.slice(modelOutput.length).trimStart();
  if (shown !== "" && modelOutput.startsWith(shown)) return "";
  return texts.at(-1) ?? "";
}

const item = z.object({
  action: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  match: z.string().optional(),
});
type Item = z.output<typeof item>;
/** What has another shape than expected says nothing. */
const items = z.array(item.catch({})).catch([]);

/** Loose, so that a policy of which nothing is known is seen to be there. */
const assessment = z.looseObject({
  topicPolicy: z.object({ topics: items }).optional().catch(undefined),
  contentPolicy: z.object({ filters: items }).optional().catch(undefined),
  wordPolicy: z.object({ customWords: items, managedWordLists: items }).optional().catch(undefined),
  sensitiveInformationPolicy: z.object({ piiEntities: items, regexes: items }).optional().catch(undefined),
  contextualGroundingPolicy: z.object({ filters: items }).optional().catch(undefined),
  automatedReasoningPolicy: z
    .object({ findings: z.array(z.record(z.string(), z.unknown()).catch({})).catch([]) })
    .optional()
    .catch(undefined),
});
type Assessment = z.output<typeof assessment>;

const traceSchema = z.object({
  modelOutput: z.array(z.string()).catch([]),
  inputAssessment: z.record(z.string(), assessment).catch({}),
  outputAssessments: z.record(z.string(), z.array(assessment)).catch({}),
});

type Judged = readonly [side: GuardrailFinding["side"], assessment: Assessment];

/** What `ApplyGuardrail` says of a text; undefined where it names no policy. */
export function reportAssessments(assessments: unknown): GuardrailReport | undefined {
  const parsed = z.array(assessment).safeParse(assessments);
  const fired = parsed.success ? firedIn(parsed.data.map((judged) => ["input", judged])) : [];
  return fired.length === 0 ? undefined : reportFired(fired);
}

function toReport({ inputAssessment, outputAssessments }: z.output<typeof traceSchema>): GuardrailReport {
  const inputs = Object.values(inputAssessment).map((judged): Judged => ["input", judged]);
  const outputs = Object.values(outputAssessments)
    .flat()
    .map((judged): Judged => ["output", judged]);
  return reportFired(firedIn([...inputs, ...outputs]));
}

function reportFired(fired: readonly Fired[]): GuardrailReport {
  const blocking = fired.filter(({ action }) => action === "BLOCKED");
  const told = blocking.length > 0 ? blocking : fired;
  return {
    // A trace that names no policy does not say that the text was let through.
    blocked: blocking.length > 0 || fired.length === 0,
    findings: told.slice(0, mostFindings).map(({ finding }) => finding),
  };
}

function firedIn(all: readonly Judged[]): readonly Fired[] {
  const fired = all.flatMap(([side, judged]) => actedIn(side, judged));
  return fired.length === 0 && all.every(([, judged]) => reasonsAlone(judged)) ? all.flatMap(reasonedIn) : fired;
}

/** Whether nothing but automated reasoning can have intervened: it never blocks, and any other policy may have. */
function reasonsAlone(judged: Assessment): boolean {
  return Object.keys(judged).every((name) => name === "automatedReasoningPolicy" || !name.endsWith("Policy"));
}

/** A finding has one member, named for what became of the claim: `valid`, `invalid`, `tooComplex`. */
function reasonedIn([side, { automatedReasoningPolicy }]: Judged): readonly Fired[] {
  const names = automatedReasoningPolicy?.findings.flatMap((finding) => Object.keys(finding)) ?? [];
  const toFinding = (name: string) => ({ side, policy: "automated-reasoning", name: short(name) }) as const;
  return names.map((name) => ({ action: undefined, finding: toFinding(name) }));
}

interface Fired {
  readonly action: string | undefined;
  readonly finding: GuardrailFinding;
}

function actedIn(side: GuardrailFinding["side"], judged: Assessment): readonly Fired[] {
  const byPolicy: readonly (readonly [GuardrailPolicy, Readonly<Record<string, readonly Item[]>> | undefined])[] = [
    ["topic", judged.topicPolicy],
    ["content", judged.contentPolicy],
    ["word", judged.wordPolicy],
    ["sensitive-information", judged.sensitiveInformationPolicy],
    ["grounding", judged.contextualGroundingPolicy],
  ];
  return byPolicy.flatMap(([policy, found = {}]) =>
    Object.values(found)
      .flat()
      .filter(({ action }) => action !== undefined && action !== "NONE")
      .map(({ action, name, type, match }) => ({
        action,
        finding: {
          side,
          policy,
          name: short(name ?? type ?? match ?? policy),
          ...(match !== undefined && { match: short(match) }),
        },
      })),
  );
}

/** Cut between characters. */
function short(text: string): string {
  return text.slice(0, longestText).replace(/[\uD800-\uDBFF]$/u, "");
}
