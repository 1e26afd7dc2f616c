import { type PreparedCall, type Tool, ToolError } from "../../agent/tool.ts";
import { t } from "../../protocol/localize.ts";
import { sizeLimit } from "../result-size.ts";
import { foreignNames } from "./foreign-names.ts";
import { describeForeign } from "./foreign-result.ts";
import type { ForeignDefinition, ForeignTools } from "./foreign-tools.ts";

/** The editor may ask the user what the tool itself wants confirmed, and the time runs meanwhile. */
const TIME_MS = 300_000;

/** The tools of others as they are now, in the order of their owners. All are off until the user turns them on. */
export function createForeignTools(port: ForeignTools): readonly Tool[] {
  const definitions = port.list();
  const names = foreignNames(definitions.map(({ id }) => id));
  return definitions.flatMap((definition) => {
    const name = names.get(definition.id);
    return name === undefined ? [] : [createForeignTool(name, definition, port)];
  });
}

function createForeignTool(
  name: string,
  { id, owner, description, inputSchema }: ForeignDefinition,
  port: ForeignTools,
) {
  return {
    name,
    description,
    inputSchema,
    // What it does cannot be known, and what it says of itself is not believed.
    effect: "execute",
    set: owner,
    isOffByDefault: true,
    limits: [`${TIME_MS / 60_000} minutes`, sizeLimit(), "asked about before it runs"],
    streamingTitle: t("Call {0}", name),
    prepare: async (input): Promise<PreparedCall> => {
      const now = port.list().find((each) => each.id === id);
      if (now === undefined) throw new ToolError(`${name} is not there any more. Nothing was done.`);
      return {
        title: t("Calling {0}", name),
        effect: "execute",
        targets: [],
        isForeign: true,
        foreign: { definition: definitionText(now) },
        subject: {
          question: t("Call {0}?", name),
          details: [
            { label: t("From"), value: `${now.owner}, ${id}` },
            { label: t("Says of itself"), value: now.description.slice(0, 2_000) },
            { label: t("Input"), value: JSON.stringify(input, null, 2) },
          ],
        },
        timeoutMs: TIME_MS,
        run: async ({ signal }) => {
          const parts = await port.invoke(id, input, signal);
          return {
            content: describeForeign(parts),
            title: t("Called {0}", name),
            whenCut: "Where its input can ask for less, ask for less.",
          };
        },
      };
    },
  } satisfies Tool;
}

/** All that the user's consent is for. */
function definitionText({ id, owner, description, inputSchema }: ForeignDefinition): string {
  return `${id}\n${owner}\n\n${description}\n\n${JSON.stringify(inputSchema, null, 2)}\n`;
}
