import type { PreparedCall } from "../agent/tool.ts";
import { digestOf } from "./approval-request.ts";
import { type ClassifiedCall, classifyCall, type Situation } from "./classify-call.ts";
import { type Decision, decideCall } from "./decide-call.ts";

/** A call that was resolved, classified and decided on. */
export interface Judged {
  readonly call: PreparedCall;
  readonly classified: ClassifiedCall;
  readonly decision: Decision;
  /** SHA-256, hex, over what will run. */
  readonly digest: string;
}

/** Resolve, classify, decide: nothing is asked and nothing is run. Throws what a path refuses, which denies. */
export async function judgeCall(
  { tool, input }: { readonly tool: string; readonly input: unknown },
  call: PreparedCall,
  situation: Situation,
): Promise<Judged> {
  const judge = async (judged: PreparedCall): Promise<Judged> => {
    const classified = await classifyCall(tool, judged, situation);
    return {
      call,
      classified,
      decision: decideCall(classified.facts),
      digest: digestOf({ tool, input, call }, classified),
    };
  };
  if (call.attempted === undefined) return judge(call);
  // It can only fail, and tell of what it read: a floor for what it attempted holds, a question is one about reading.
  const attempted = await judge({ ...call, ...call.attempted });
  return attempted.decision.kind === "deny" ? attempted : judge(call);
}

/** Whether a call that was judged again is no more than what the user was shown. */
export function isAsShown(shown: Judged, now: Judged): boolean {
  if (now.digest !== shown.digest || now.decision.kind === "deny") return false;
  if (now.decision.kind === "ask" && (shown.decision.kind !== "ask" || now.decision.tier > shown.decision.tier))
    return false;
  const known = shown.classified.facts.labels;
  // Another call of the same message may have read what makes the turn untrusted; it changes nothing of this one.
  return now.classified.facts.labels.every((label) => known.includes(label) || label === "untrusted content read");
}
