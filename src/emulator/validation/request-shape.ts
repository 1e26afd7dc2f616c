import * as z from "zod";

/**
 * The JSON of a Converse, ConverseStream or CountTokens request, every key of the API and no other
 * (`@aws-sdk/client-bedrock-runtime` 3.1162.0). Bytes are base64 text on the wire and a Uint8Array in SDK input.
 */

/** An object of the API's union kind: exactly one member is set. (`Object.assign` keeps what `fromEntries` would lose: the names.) */
function oneOf<Members extends Readonly<Record<string, z.ZodType>>>(members: Members) {
  const optional: { [Name in keyof Members]: z.ZodOptional<Members[Name]> } = Object.assign(
    {},
    ...Object.entries(members).map(([name, member]) => ({ [name]: z.optional(member) })),
  );
  return z
    .strictObject(optional)
    .refine((value) => Object.values(value).filter((member) => member !== undefined).length === 1, {
      error: `exactly one of these keys must be set: ${Object.keys(members).join(", ")}`,
    });
}

const base64 = z
  .string()
  .refine((text) => Buffer.from(text, "base64").toString("base64") === text, { error: "not base64" });
const bytes = z.union([base64, z.instanceof(Uint8Array)]);
const toolName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-zA-Z0-9_-]+$/u);
const toolUseId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-zA-Z0-9_.:-]+$/u);
const document = z.unknown();
const s3Location = z.strictObject({ uri: z.string(), bucketOwner: z.string().optional() });
const mediaSource = oneOf({ bytes, s3Location });
const error = z.strictObject({ message: z.string().optional() });
const citationsConfig = z.strictObject({ enabled: z.boolean() });

const image = z.strictObject({
  format: z.enum(["png", "jpeg", "gif", "webp"]),
  source: mediaSource,
  error: error.optional(),
});
const video = z.strictObject({
  format: z.enum(["flv", "mkv", "mov", "mp4", "mpeg", "mpg", "three_gp", "webm", "wmv"]),
  source: mediaSource,
});
const audio = z.strictObject({ format: z.string(), source: mediaSource, error: error.optional() });
const documentBlock = z.strictObject({
  format: z.enum(["csv", "doc", "docx", "html", "md", "pdf", "txt", "xls", "xlsx"]).optional(),
  name: z.string().min(1).max(200),
  source: oneOf({ bytes, s3Location, text: z.string(), content: z.array(oneOf({ text: z.string() })) }),
  context: z.string().optional(),
  citations: citationsConfig.optional(),
});
const searchResult = z.strictObject({
  source: z.string(),
  title: z.string(),
  content: z.array(z.strictObject({ text: z.string() })),
  citations: citationsConfig.optional(),
});
const cachePoint = z.strictObject({ type: z.literal("default"), ttl: z.enum(["5m", "1h"]).optional() });
const guardContent = oneOf({
  text: z.strictObject({
    text: z.string(),
    qualifiers: z.array(z.enum(["grounding_source", "query", "guard_content"])).optional(),
  }),
  image: z.strictObject({ format: z.enum(["png", "jpeg"]), source: oneOf({ bytes }) }),
});
const toolUse = z.strictObject({
  toolUseId,
  name: toolName,
  input: document,
  type: z.literal("server_tool_use").optional(),
});
const toolResult = z.strictObject({
  toolUseId,
  content: z.array(oneOf({ text: z.string(), json: document, image, document: documentBlock, video, searchResult })),
  status: z.enum(["success", "error"]).optional(),
  type: z.string().optional(),
});
const reasoningContent = oneOf({
  reasoningText: z.strictObject({ text: z.string(), signature: z.string().optional() }),
  redactedContent: bytes,
});
const citationsContent = z.strictObject({
  content: z.array(oneOf({ text: z.string() })).optional(),
  citations: z.array(z.looseObject({})).optional(),
});
const toolReference = z.strictObject({
  tool: z.strictObject({ type: z.string().optional(), name: z.string().optional(), serverName: z.string().optional() }),
});

const contentBlock = oneOf({
  text: z.string(),
  image,
  document: documentBlock,
  video,
  audio,
  toolUse,
  toolResult,
  guardContent,
  cachePoint,
  reasoningContent,
  citationsContent,
  searchResult,
  toolAddition: toolReference,
  toolRemoval: toolReference,
});

const message = z.strictObject({ role: z.enum(["user", "assistant", "system"]), content: z.array(contentBlock) });
const systemBlock = oneOf({ text: z.string(), guardContent, cachePoint });

const toolSpec = z.strictObject({
  name: toolName,
  description: z.string().min(1).optional(),
  inputSchema: oneOf({ json: z.record(z.string(), z.unknown()) }),
  strict: z.boolean().optional(),
});
const toolConfig = z.strictObject({
  tools: z.array(oneOf({ toolSpec, systemTool: z.strictObject({ name: z.string() }), cachePoint })).min(1),
  toolChoice: oneOf({
    auto: z.strictObject({}),
    any: z.strictObject({}),
    tool: z.strictObject({ name: toolName }),
  }).optional(),
});

const inferenceConfig = z.strictObject({
  maxTokens: z.int().min(1).optional(),
  temperature: z.number().min(0).max(1).optional(),
  topP: z.number().min(0).max(1).optional(),
  stopSequences: z.array(z.string().min(1)).max(2500).optional(),
});

const countedShape = {
  messages: z.array(message).optional(),
  system: z.array(systemBlock).optional(),
  toolConfig: toolConfig.optional(),
  additionalModelRequestFields: document.optional(),
};

/** A ConverseStream request's body (a Converse one is the same but for `streamProcessingMode`). */
export const converseRequestSchema = z.strictObject({
  ...countedShape,
  inferenceConfig: inferenceConfig.optional(),
  guardrailConfig: z
    .strictObject({
      guardrailIdentifier: z.string().optional(),
      guardrailVersion: z.string().optional(),
      trace: z.enum(["enabled", "disabled", "enabled_full"]).optional(),
      streamProcessingMode: z.enum(["sync", "async"]).optional(),
    })
    .optional(),
  promptVariables: z.record(z.string(), oneOf({ text: z.string() })).optional(),
  additionalModelResponseFieldPaths: z.array(z.string().regex(/^\//u)).max(10).optional(),
  requestMetadata: z.record(z.string(), z.string()).optional(),
  performanceConfig: z.strictObject({ latency: z.enum(["standard", "optimized"]) }).optional(),
  serviceTier: z.strictObject({ type: z.enum(["priority", "default", "flex", "reserved"]) }).optional(),
  outputConfig: z
    .strictObject({
      textFormat: z
        .strictObject({
          type: z.literal("json_schema"),
          structure: oneOf({
            jsonSchema: z.strictObject({
              schema: z.string(),
              name: z.string().optional(),
              description: z.string().optional(),
            }),
          }),
        })
        .optional(),
      effort: z.enum(["low", "medium", "high", "xhigh", "max"]).optional(),
    })
    .optional(),
});

/** A CountTokens request's body. */
export const countTokensRequestSchema = z.strictObject({
  input: oneOf({ converse: z.strictObject(countedShape), invokeModel: z.strictObject({ body: bytes }) }),
});

export type ConverseRequest = z.output<typeof converseRequestSchema>;
export type Message = z.output<typeof message>;
export type ContentBlock = z.output<typeof contentBlock>;
export type ToolResult = z.output<typeof toolResult>;
export type ImageBlock = z.output<typeof image>;
export type DocumentBlock = z.output<typeof documentBlock>;
export type CachePoint = z.output<typeof cachePoint>;
