import type { PanelContext } from "../../../src/protocol/panel-messages.ts";

export const demoContext: PanelContext = {
  connection: { kind: "demo" },
  mode: "agent",
  queueAction: "steer",
  attachments: [],
  permissions: "default",
  restricted: false,
  repository: [],
  suggestions: ["What is this project?", "Where is the retry delay computed?", "Run the tests"],
};

export const bedrockContext: PanelContext = {
  ...demoContext,
  connection: {
    kind: "bedrock",
    modelId: "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
    region: "eu-central-1",
  },
};
