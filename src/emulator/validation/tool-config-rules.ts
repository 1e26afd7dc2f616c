import type { ModelFamily } from "./model-family.ts";
import type { ConverseRequest } from "./request-shape.ts";
import { novaName } from "./tool-pairing-rules.ts";
import { type Violation, violation } from "./violation.ts";

type ToolConfig = NonNullable<ConverseRequest["toolConfig"]>;

/** Tools' schemas and names, the tool choice, and whether the model has tools at all. */
export function toolConfigRules(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const { toolConfig } = request;
  if (toolConfig === undefined) {
    return [];
  }
  if (!family.hasTools) {
    return [violation("no-tools", "toolConfig", "This model doesn't support tool use.")];
  }
  return [...toolRules(toolConfig, family), ...toolChoiceRules(toolConfig, family)];
}

function toolRules(toolConfig: ToolConfig, family: ModelFamily): readonly Violation[] {
  const names = toolConfig.tools.flatMap(({ toolSpec }) => toolSpec?.name ?? []);
  const unique = new Set(names).size === names.length;
  return [
    ...(unique ? [] : [violation("duplicate-tool", "toolConfig.tools", "tools: Tool names must be unique.")]),
    ...toolConfig.tools.flatMap(({ toolSpec }, index) => {
      if (toolSpec === undefined) {
        return [];
      }
      const path = `toolConfig.tools.${index}.toolSpec`;
      const schema = toolSpec.inputSchema.json ?? {};
      return [
        ...novaName(toolSpec.name, `${path}.name`, family),
        ...schemaRules(schema, `${path}.inputSchema.json`, family),
      ];
    }),
  ];
}

function schemaRules(
  schema: Readonly<Record<string, unknown>>,
  path: string,
  family: ModelFamily,
): readonly Violation[] {
  if (schema["type"] !== "object") {
    return [
      violation("schema-type", `${path}.type`, `The value at ${path}.type must be one of the following: object.`),
    ];
  }
  const extra = Object.keys(schema).filter((key) => !["type", "properties", "required"].includes(key));
  return family.name !== "nova"
    ? []
    : extra.map((key) =>
        violation(
          "nova-schema",
          path,
          `Malformed input request: #/${path.replaceAll(".", "/")}: extraneous key [${key}] is not permitted, please reformat your input and try again.`,
        ),
      );
}

function toolChoiceRules(toolConfig: ToolConfig, family: ModelFamily): readonly Violation[] {
  const { toolChoice, tools } = toolConfig;
  if (toolChoice === undefined) {
    return [];
  }
  const unsupported = (["auto", "any", "tool"] as const).filter(
    (choice) => toolChoice[choice] !== undefined && !family.toolChoices.includes(choice),
  );
  const name = toolChoice.tool?.name;
  const known = name === undefined || tools.some(({ toolSpec }) => toolSpec?.name === name);
  return [
    ...unsupported.map((choice) =>
      violation(
        "tool-choice",
        `toolConfig.toolChoice.${choice}`,
        `This model doesn't support the toolConfig.toolChoice.${choice} field. Remove toolConfig.toolChoice.${choice} and try again.`,
      ),
    ),
    ...(known
      ? []
      : [violation("tool-choice-unknown", "toolConfig.toolChoice.tool", `Tool '${name}' not found in provided tools`)]),
  ];
}
