import { type GuardrailSummary, paginateListGuardrails } from "@aws-sdk/client-bedrock";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { createControlPlane } from "../models/control-plane.ts";

/** One version of a guardrail of the account. */
export interface ListedGuardrail {
  readonly id: string;
  readonly name: string;
  /** A number, or DRAFT. */
  readonly version: string;
  readonly description: string | undefined;
  readonly isReady: boolean;
}

/**
 * The guardrails of the account in this region, each by its draft; with an identifier every version of that one. Needs
 * `bedrock:ListGuardrails`; rejects with what AWS said where it is denied.
 */
export async function listGuardrails(
  settings: BedrockSettings,
  abortSignal: AbortSignal,
  identifier?: string,
): Promise<readonly ListedGuardrail[]> {
  const client = createControlPlane(settings);
  try {
    const listed: ListedGuardrail[] = [];
    const input = identifier === undefined ? {} : { guardrailIdentifier: identifier };
    for await (const page of paginateListGuardrails({ client, pageSize: 100 }, input, { abortSignal })) {
      listed.push(...(page.guardrails ?? []).flatMap(toListed));
    }
    return listed;
  } finally {
    client.destroy();
  }
}

function toListed({ id, name, version, description, status }: GuardrailSummary): readonly ListedGuardrail[] {
  if (id === undefined || version === undefined) return [];
  return [{ id, name: name ?? id, version, description, isReady: status === "READY" }];
}
