import type { Message } from "@aws-sdk/client-bedrock-runtime";

/** The conversation as Converse has it. Appending is all that is ever done to it. */
export interface History {
  readonly messages: readonly Message[];
  append(message: Message): void;
}

export { toConverse } from "./to-converse/to-converse.ts";
