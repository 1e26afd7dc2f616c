import type { BedrockSettings } from "./bedrock-settings.ts";

/** Where a chat is, as far as it says so. */
export interface ChatPlace {
  readonly region?: string;
  readonly profile?: string;
}

/** The settings where a chat is, which may have moved: a profile that it names is what requests are signed with there. */
export function settingsAt(own: BedrockSettings, { region, profile }: ChatPlace): BedrockSettings {
  return {
    ...own,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile, authentication: "aws" }),
  };
}

/** Whose requests wait for each other: a quota is a model's, in one region of one account, or at one gateway. */
export function paceKey({ endpoint, region, profile, modelId }: BedrockSettings): string {
  return JSON.stringify([endpoint ?? region ?? "", profile ?? "", modelId]);
}
