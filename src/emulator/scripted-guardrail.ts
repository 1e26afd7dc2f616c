import type { ConverseCall, Responder } from "./responder.ts";
import type { Reply, ScriptedGuardrail } from "./script-schema.ts";

/**
 * A model behind a guardrail: a blocked word anywhere in the conversation is answered by the guardrail and costs no
 * reply; one in the reply's text puts the guardrail's words in its place, or behind it.
 */
export function guardResponder(respond: Responder, guardrail: ScriptedGuardrail): Responder {
  return (call) => {
    const asked = findWords(conversationText(call), guardrail);
    if (asked.length > 0) {
      const inputAssessment = { emulated: wordPolicy(asked) };
      return intervention(guardrail.inputMessage, { inputAssessment }, guardrail);
    }
    const reply = respond(call);
    const texts = [reply?.text ?? []].flat();
    const answered = findWords(texts.join(""), guardrail);
    if (reply === undefined || answered.length === 0) return reply;
    const { mode, outputMessage } = guardrail;
    const text = mode === "async" ? [...texts, outputMessage] : outputMessage;
    const trace = { modelOutput: [texts.join("")], outputAssessments: { emulated: [wordPolicy(answered)] } };
    return intervention(text, trace, guardrail);
  };
}

type Trace = NonNullable<Reply["trace"]>[string];

function intervention(text: NonNullable<Reply["text"]>, guardrail: Trace, { trace }: ScriptedGuardrail): Reply {
  return { text, stopReason: "guardrail_intervened", ...(trace && { trace: { guardrail } }) };
}

function wordPolicy(words: readonly string[]) {
  const customWords = words.map((match) => ({ match, action: "BLOCKED", detected: true }));
  return { wordPolicy: { customWords, managedWordLists: [] } };
}

function findWords(text: string, { blockedWords }: ScriptedGuardrail): readonly string[] {
  return blockedWords.filter((word) => text.toLowerCase().includes(word.toLowerCase()));
}

/** Tool inputs and results are text too. */
function conversationText({ request }: ConverseCall): string {
  return (request.messages ?? [])
    .flatMap(({ content }) => content.map((block) => block.text ?? JSON.stringify(block)))
    .join("\n");
}
