import type { ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";

/** Makes what a call brought fit for the model, whoever's tool it is. Gets it masked. Neither rejects. */
export interface ResultFitter {
  /** `whenCut`: what would bring less, said where a part is left out. */
  fit(content: readonly ToolResultContentBlock[], whenCut?: string): Promise<readonly ToolResultContentBlock[]>;
  fitError(text: string): Promise<string>;
}
