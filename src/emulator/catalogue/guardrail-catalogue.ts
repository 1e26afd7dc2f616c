/** The guardrails of the emulated account, each with its draft and its versions. */

const created = "2026-01-15T09:00:00Z";

function guardrail(id: string, name: string, description: string, versions: readonly string[]) {
  return versions.map((version) => ({
    id,
    arn: `arn:aws:bedrock:us-east-1:111122223333:guardrail/${id}`,
    status: "READY",
    name,
    description,
    version,
    createdAt: created,
    updatedAt: created,
  }));
}

/** As `ListGuardrails` answers them: the draft of each, or with an identifier every version of one. */
export const guardrails = [
  ...guardrail("gr1a2b3c4d5e", "source-code", "Blocks credentials and internal names.", ["DRAFT", "1", "2"]),
  ...guardrail("gr6f7g8h9i0j", "public-answers", "For answers that leave the company.", ["DRAFT", "1"]),
];
