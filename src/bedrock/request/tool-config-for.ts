import type { ToolConfiguration, ToolSpecification } from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../../agent/capabilities.ts";

/** The tools as this model takes them: no `strict` and no choice that it refuses. */
export function toolConfigFor(
  toolConfig: ToolConfiguration | undefined,
  { toolChoice: taken, request }: Capabilities,
): ToolConfiguration | undefined {
  if (toolConfig === undefined) return undefined;
  const { tools, toolChoice } = toolConfig;
  const isTaken = (["auto", "any", "tool"] as const).some(
    (kind) => toolChoice?.[kind] !== undefined && taken.includes(kind),
  );
  return {
    tools: tools?.map((tool) =>
      tool.toolSpec === undefined || request.strictTools ? tool : { toolSpec: withoutStrict(tool.toolSpec) },
    ),
    ...(isTaken && { toolChoice }),
  };
}

function withoutStrict({ strict: _, ...spec }: ToolSpecification): ToolSpecification {
  return spec;
}
