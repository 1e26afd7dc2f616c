import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { type Capabilities, fullCapabilities } from "../capabilities.ts";
import { alternate } from "./alternate.ts";
import { limitMedia } from "./limit-media.ts";
import { separateTools } from "./separate-tools.ts";
import { toolsAsText } from "./tools-as-text.ts";
import { toWireBlocks } from "./wire-blocks.ts";

/**
 * The request's `messages`: whatever happened before (crash, cancel, failure, denial, another model), the result is a
 * conversation that Converse accepts for this model. It starts and ends with `user`, roles alternate, no content is
 * empty, every `toolUse` is answered in the next message, and nothing is in it that the model is known to refuse.
 * Rules B6 85–109 of the design's conformance list. With `tools: false` the blocks of tools become text.
 */
export function toConverse(history: readonly Message[], capabilities: Capabilities = fullCapabilities): Message[] {
  const alternating = limitMedia(alternate(history, capabilities), capabilities);
  if (!capabilities.tools) return toolsAsText(alternating);
  const separated = capabilities.mixesTextAndResults ? alternating : separateTools(alternating);
  return toWireBlocks(separated, capabilities);
}

/** Whether Converse demands a `toolConfig` beside these messages. */
export function needsToolConfig(messages: readonly Message[]): boolean {
  return messages.some(({ content = [] }) =>
    content.some(({ toolUse, toolResult }) => toolUse !== undefined || toolResult !== undefined),
  );
}
