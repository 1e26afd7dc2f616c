import type { ForeignDefinition, ForeignPart, ForeignTools } from "../../src/tools/foreign/foreign-tools.ts";

/** Tools of others whose definitions and answers a test changes. */
export class FakeForeignTools implements ForeignTools {
  definitions: readonly ForeignDefinition[];
  readonly invoked: (readonly [string, unknown])[] = [];
  answer: readonly ForeignPart[] = [{ kind: "text", text: "High tide at 14:05." }];

  constructor(...ids: readonly string[]) {
    this.definitions = ids.map((id) => ({
      id,
      owner: "MCP: harbour",
      description: "Says when the tide is high.",
      inputSchema: { type: "object", properties: { port: { type: "string" } } },
    }));
  }

  list(): readonly ForeignDefinition[] {
    return this.definitions;
  }

  async invoke(id: string, input: unknown): Promise<readonly ForeignPart[]> {
    this.invoked.push([id, input]);
    return this.answer;
  }
}
