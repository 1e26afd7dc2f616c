import * as vscode from "vscode";
import * as z from "zod";
import type { Diagnostic, Severity } from "../../tools/diagnostics.ts";

const languages: ReadonlySet<string> = new Set(["typescript", "typescriptreact", "javascript", "javascriptreact"]);
const requests = ["syntacticDiagnosticsSync", "semanticDiagnosticsSync", "suggestionDiagnosticsSync"];

/** tsserver's answer, as its protocol.d.ts has it. */
const answer = z.object({
  type: z.literal("response"),
  body: z.array(
    z.object({
      start: z.object({ line: z.int(), offset: z.int() }),
      text: z.string(),
      code: z.int().optional(),
      category: z.string(),
      source: z.string().optional(),
    }),
  ),
});

const severities: Readonly<Record<string, Severity>> = {
  error: "error",
  warning: "warning",
  message: "information",
  suggestion: "hint",
};

/**
 * VS Code's TypeScript reports only files that have a tab; its server is asked for the others, through the command that it
 * offers for that. Undefined for other languages, and where the command or its answer is another.
 */
export async function typescriptDiagnostics(document: vscode.TextDocument): Promise<readonly Diagnostic[] | undefined> {
  if (!languages.has(document.languageId)) return undefined;
  try {
    const found: Diagnostic[] = [];
    for (const request of requests) {
      const answered = await vscode.commands.executeCommand("typescript.tsserverRequest", request, {
        file: document.uri,
      });
      found.push(...answer.parse(answered).body.map((one) => toDiagnostic(document, one)));
    }
    return found;
  } catch {
    return undefined;
  }
}

function toDiagnostic(
  { uri }: vscode.TextDocument,
  { start, text, code, category, source }: z.infer<typeof answer>["body"][number],
): Diagnostic {
  return {
    path: uri.fsPath,
    line: start.line,
    column: start.offset,
    severity: severities[category] ?? "error",
    message: text,
    source: source ?? "ts",
    ...(code !== undefined && { code: String(code) }),
  };
}
