import type { TestContext } from "node:test";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import type { Wire } from "./wire-call.ts";

/** The settings of someone whose Bedrock, control plane and runtime alike, is the emulator. */
export function useEmulatedAws(test: TestContext, wire: Wire): BedrockSettings {
  const variables = {
    AWS_ENDPOINT_URL_BEDROCK: wire.emulator.url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: wire.emulator.url,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  };
  Object.assign(process.env, variables);
  test.after(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
  });
  const { endpoint: _gateway, ...settings } = wire.settings;
  return { ...settings, endpoint: undefined };
}

/** What AWS says where an IAM policy has no such action. */
export function iamDenial(action: string): string {
  return `User: arn:aws:sts::111122223333:assumed-role/Developer/me is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
}
