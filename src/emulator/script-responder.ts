import type { ConverseCall, Responder } from "./responder.ts";
import type { ParsedScript, ReplyMatch } from "./script-schema.ts";
import { guardResponder } from "./scripted-guardrail.ts";

/** Plays a script: each reply once, in order, the ones with a `match` only to requests that fit. */
export function createScriptResponder(script: ParsedScript): Responder {
  const respond = createReplies(script);
  return script.guardrail === undefined ? respond : guardResponder(respond, script.guardrail);
}

function createReplies(script: ParsedScript): Responder {
  const waiting = [...script.replies];
  return (call) => {
    const position = waiting.findIndex(({ match }) => match === undefined || fits(match, call));
    const [next] = position < 0 ? [] : waiting.splice(position, 1);
    return next ?? (script.repeatLast === true && waiting.length === 0 ? script.replies.at(-1) : undefined);
  };
}

function fits(match: ReplyMatch, call: ConverseCall): boolean {
  const { userText, toolResult, modelId } = match;
  return (
    (userText === undefined || lastUserText(call).includes(userText)) &&
    (toolResult === undefined || lastToolResults(call).includes(toolResult)) &&
    (modelId === undefined || call.modelId.includes(modelId))
  );
}

/** The text of the last user message that has any. */
function lastUserText({ request }: ConverseCall): string {
  const texts = (request.messages ?? [])
    .filter(({ role }) => role === "user")
    .map(({ content }) => content.flatMap(({ text }) => text ?? []).join("\n"));
  return texts.findLast((text) => text !== "") ?? "";
}

/** The JSON of the last message's tool results. */
function lastToolResults({ request }: ConverseCall): string {
  const blocks = request.messages?.at(-1)?.content ?? [];
  return blocks
    .flatMap(({ toolResult }) => toolResult?.content ?? [])
    .map((content) => content.text ?? JSON.stringify(content))
    .join("\n");
}
