import type { JsonObject } from "../../agent/tool-input.ts";

/** A tool of another extension or of an MCP server, as the editor knows it now. */
export interface ForeignDefinition {
  /** The editor's name for it. */
  readonly id: string;
  /** Whose it is: Extension: Name, or MCP: name. */
  readonly owner: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

/** A part of what such a tool answers. */
export type ForeignPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly mimeType: string; readonly bytes: Uint8Array };

/** The tools that others bring into the editor. */
export interface ForeignTools {
  list(): readonly ForeignDefinition[];
  /** Rejects with what the tool or the editor says, and where the user refuses what the tool itself asks. */
  invoke(id: string, input: unknown, signal: AbortSignal): Promise<readonly ForeignPart[]>;
}
