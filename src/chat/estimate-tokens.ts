import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";

/** Characters of English text and of code that make one token, roughly, for the models of Bedrock. */
const charactersPerToken = 4;
/** An image of the usual size. https://docs.anthropic.com/en/docs/build-with-claude/vision */
const tokensPerMedium = 1_600;

/** About how many tokens messages take; without the system prompt and the tools. */
export function estimateTokens(messages: readonly Message[]): number {
  const tokens = messages.flatMap(({ content = [] }) => content.map(tokensOf)).reduce((sum, each) => sum + each, 0);
  return Math.round(tokens);
}

function tokensOf(block: ContentBlock): number {
  const { text, toolUse, toolResult, reasoningContent } = block;
  if (toolUse !== undefined) return inTokens(JSON.stringify([toolUse.name, toolUse.input]));
  if (toolResult !== undefined) {
    const tokens = (toolResult.content ?? []).map((part) => {
      if (part.text === undefined && part.json === undefined) return tokensPerMedium;
      return inTokens(part.text ?? JSON.stringify(part.json));
    });
    return tokens.reduce((sum, each) => sum + each, 0);
  }
  const said = text ?? reasoningContent?.reasoningText?.text;
  return said === undefined ? tokensPerMedium : inTokens(said);
}

function inTokens(text: string): number {
  return text.length / charactersPerToken;
}
