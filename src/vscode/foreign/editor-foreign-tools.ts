import * as vscode from "vscode";
import * as z from "zod";
import { ToolError } from "../../agent/tool.ts";
import type { JsonObject } from "../../agent/tool-input.ts";
import { untilAborted } from "../../agent/until-aborted.ts";
import type { ForeignDefinition, ForeignPart, ForeignTools } from "../../tools/foreign/foreign-tools.ts";
import { toForeignPart } from "./foreign-part.ts";

/** `vscode.lm` since 1.95; what older versions lack is no tools. */
const languageModels = z.object({
  tools: z.array(z.unknown()),
  invokeTool: z.custom<InvokeTool>((value) => typeof value === "function"),
});

type InvokeTool = (
  name: string,
  options: { readonly input: unknown; readonly toolInvocationToken: undefined },
  token: vscode.CancellationToken,
) => Thenable<unknown>;

const information = z.object({
  name: z.string().min(1),
  description: z.string().catch(""),
  inputSchema: z.record(z.string(), z.json()).catch({}),
  /** `server/tool` for a tool of an MCP server. */
  fullReferenceName: z.string().optional().catch(undefined),
});

const contributed = z.object({
  displayName: z.string().optional().catch(undefined),
  contributes: z.object({ languageModelTools: z.array(z.object({ name: z.string() })) }),
});

const answered = z.object({ content: z.array(z.unknown()) });

/** The tools of other extensions and of MCP servers, through `vscode.lm`; none of those that are VS Code's own. */
export class EditorForeignTools implements ForeignTools {
  list(): readonly ForeignDefinition[] {
    const found = languageModels.safeParse(readLanguageModels());
    if (!found.success) return [];
    const owners = ownersByTool();
    return found.data.tools.flatMap((tool) => {
      const parsed = information.safeParse(tool);
      if (!parsed.success) return [];
      const { name: id, description, inputSchema, fullReferenceName } = parsed.data;
      const owner = owners.get(id) ?? serverOf(id, fullReferenceName);
      return owner === undefined ? [] : [{ id, owner, description, inputSchema: toObjectSchema(inputSchema) }];
    });
  }

  async invoke(id: string, input: unknown, signal: AbortSignal): Promise<readonly ForeignPart[]> {
    const { invokeTool } = languageModels.parse(readLanguageModels());
    const cancellation = new vscode.CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const options = { input, toolInvocationToken: undefined };
      const called = Promise.resolve(invokeTool(id, options, cancellation.token));
      return answered.parse(await untilAborted(called, signal)).content.map(toForeignPart);
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(id, error);
    } finally {
      signal.removeEventListener("abort", cancel);
      cancellation.dispose();
    }
  }
}

/** VS Code answers with its own `Canceled` where the user does not confirm what the tool's `prepareInvocation` asks. */
function failureOf(id: string, error: unknown): ToolError {
  if (error instanceof Error && error.name === "Canceled") {
    return new ToolError(
      `The user did not confirm ${id} in the dialog of VS Code, or the tool gave up. It has no result.`,
    );
  }
  return new ToolError(`${id} failed: ${error instanceof Error ? error.message : String(error)}`);
}

function readLanguageModels(): unknown {
  const lm: unknown = Reflect.get(vscode, "lm");
  if (typeof lm !== "object" || lm === null) return undefined;
  const invokeTool: unknown = Reflect.get(lm, "invokeTool");
  return { tools: Reflect.get(lm, "tools"), invokeTool };
}

/** By the manifests: only tools that are declared in one can be registered. */
function ownersByTool(): ReadonlyMap<string, string> {
  return new Map(
    vscode.extensions.all.flatMap(({ id, packageJSON }) => {
      const parsed = contributed.safeParse(packageJSON);
      if (!parsed.success) return [];
      const { displayName, contributes } = parsed.data;
      const owner = `Extension: ${displayName?.startsWith("%") === false ? displayName : id}`;
      return contributes.languageModelTools.map(({ name }) => [name, owner] as const);
    }),
  );
}

/** VS Code names a server's tools `mcp_<server>_<tool>`, with at most 18 characters before the tool's own name. */
function serverOf(id: string, fullReferenceName: string | undefined): string | undefined {
  if (!id.startsWith("mcp_")) return undefined;
  const [server, tool] = fullReferenceName?.split("/") ?? [];
  return `MCP: ${tool === undefined ? (id.split("_")[1] ?? id) : server}`;
}

/** Converse takes the schema of an object, without `$schema`. */
function toObjectSchema({ $schema: _, ...schema }: JsonObject): JsonObject {
  return { properties: {}, ...schema, type: "object" };
}
