import type { ConverseCall, Responder } from "./responder.ts";
import type { Reply, ScriptedGuardrail } from "./script-schema.ts";

/**
 * A model behind a guardrail: a blocked word anywhere in the conversation is answered by the guardrail and costs no
 * reply; one in the reply's text puts the guardrail's words in its place, or behind it.
 */
export function guardResponder(respond: Responder, guardrail: ScriptedGuardrail): Responder {
  return (call) => {
    const asked = blockedWordsIn(conversationText(call), guardrail);
    if (asked.length > 0) {
      const inputAssessment = { emulated: wordPolicyOf(asked) };
      return intervention(guardrail.inputMessage, { inputAssessment }, showsTrace(call, guardrail));
    }
    const reply = respond(call);
    const texts = [reply?.text ?? []].flat();
    const answered = blockedWordsIn(texts.join(""), guardrail);
    if (reply === undefined || answered.length === 0) return reply;
    const { outputMessage } = guardrail;
    const mode = call.request.guardrailConfig?.streamProcessingMode ?? guardrail.mode;
    const text = mode === "async" ? [...texts, outputMessage] : outputMessage;
    const trace = { modelOutput: [texts.join("")], outputAssessments: { emulated: [wordPolicyOf(answered)] } };
    return intervention(text, trace, showsTrace(call, guardrail));
  };
}

type Trace = NonNullable<Reply["trace"]>[string];

/** The request decides, where it names a guardrail. */
function showsTrace({ request }: ConverseCall, { trace }: ScriptedGuardrail): boolean {
  return request.guardrailConfig === undefined ? trace : (request.guardrailConfig.trace ?? "disabled") !== "disabled";
}

function intervention(text: NonNullable<Reply["text"]>, guardrail: Trace, isShown: boolean): Reply {
  return { text, stopReason: "guardrail_intervened", ...(isShown && { trace: { guardrail } }) };
}

/** An assessment in which the words are blocked. */
export function wordPolicyOf(words: readonly string[]) {
  const customWords = words.map((match) => ({ match, action: "BLOCKED", detected: true }));
  return { wordPolicy: { customWords, managedWordLists: [] } };
}

export function blockedWordsIn(text: string, { blockedWords }: ScriptedGuardrail): readonly string[] {
  return blockedWords.filter((word) => text.toLowerCase().includes(word.toLowerCase()));
}

/** Tool inputs and results are text too. */
function conversationText({ request }: ConverseCall): string {
  return (request.messages ?? [])
    .flatMap(({ content }) => content.map((block) => block.text ?? JSON.stringify(block)))
    .join("\n");
}
