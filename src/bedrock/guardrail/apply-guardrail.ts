import { ApplyGuardrailCommand } from "@aws-sdk/client-bedrock-runtime";
import type { JudgedPiece } from "../../agent/judge-text.ts";
import type { GuardrailSettings } from "../../agent/request-settings.ts";
import type { HeldClient } from "../client-slot.ts";

/** Characters that are judged at once: 20 text units, below the quota of 25 a second that accounts begin with. */
const longestPiece = 20_000;

/**
 * What the guardrail says of a text from outside, judged as input of the model. A long one is judged in pieces that end
 * at line ends. Rejects with what AWS said. Releases the client.
 */
export async function applyGuardrail(
  { client, release }: HeldClient,
  { identifier, version }: Pick<GuardrailSettings, "identifier" | "version">,
  text: string,
  signal: AbortSignal,
): Promise<readonly JudgedPiece[]> {
  const judged: JudgedPiece[] = [];
  try {
    for (const piece of piecesOf(text)) {
      const command = new ApplyGuardrailCommand({
        guardrailIdentifier: identifier,
        guardrailVersion: version,
        source: "INPUT",
        content: [{ text: { text: piece } }],
      });
      const { action, outputs = [], assessments } = await client.send(command, { abortSignal: signal });
      const output = outputs.map(({ text: said = "" }) => said).join("");
      judged.push({
        text: piece,
        ...(action === "GUARDRAIL_INTERVENED" && { intervention: { output, assessments } }),
      });
    }
  } finally {
    release();
  }
  return judged;
}

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.lastIndexOf("\n", at + longestPiece - 1) + 1;
    const end = at + longestPiece >= text.length || lineEnd <= at ? at + longestPiece : lineEnd;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces.filter((piece) => piece !== "");
}
