import type { ModelFamily } from "./model-family.ts";
import type { CachePoint, ConverseRequest, Message } from "./request-shape.ts";
import { type Violation, violation } from "./violation.ts";

const maximumCachePoints = 4;

/** Number, place and lifetimes of cache points over tools, system and messages. */
export function cachePointRules(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const points = allCachePoints(request);
  if (points.length === 0) {
    return [];
  }
  if (family.cachePoints === "none") {
    const message =
      "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.";
    return [{ rule: "cache-unsupported", path: "cachePoint", message, exception: "AccessDeniedException" }];
  }
  return [
    ...(points.length > maximumCachePoints
      ? [
          violation(
            "too-many-cache-points",
            "cachePoint",
            `A maximum of ${maximumCachePoints} blocks with cache_control may be provided. Found ${points.length}.`,
          ),
        ]
      : []),
    ...lifetimes(points),
    ...(request.messages ?? []).flatMap((message, index) => placement(message, index, family)),
    ...firstElsewhere(request),
    ...(family.cachePoints === "not-in-tools" ? novaPoints(request) : []),
    ...(points.some(({ ttl }) => ttl !== undefined) && !takesLifetimes(family) ? [lifetimeUnsupported] : []),
  ];
}

/** In the order in which Bedrock reads the prompt: tools, system, messages. */
function allCachePoints(request: ConverseRequest): readonly CachePoint[] {
  return [
    ...(request.toolConfig?.tools ?? []),
    ...(request.system ?? []),
    ...(request.messages ?? []).flatMap(({ content }) => content),
  ].flatMap(({ cachePoint }) => cachePoint ?? []);
}

function lifetimes(points: readonly CachePoint[]): readonly Violation[] {
  const firstShort = points.findIndex(({ ttl }) => ttl !== "1h");
  return firstShort >= 0 && points.slice(firstShort).some(({ ttl }) => ttl === "1h")
    ? [
        violation(
          "cache-lifetimes",
          "cachePoint",
          "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.",
        ),
      ]
    : [];
}

function placement(message: Message, index: number, family: ModelFamily): readonly Violation[] {
  return message.content.flatMap((block, position) => {
    if (block.cachePoint === undefined) {
      return [];
    }
    const path = `messages.${index}.content.${position}`;
    const before = message.content[position - 1];
    if (before === undefined) {
      return [first(path)];
    }
    if (before.reasoningContent !== undefined) {
      return [
        violation(
          "cache-after-reasoning",
          path,
          `${path}: a cachePoint cannot be placed after a reasoningContent block.`,
        ),
      ];
    }
    if (before.document !== undefined && before.document.format !== "pdf") {
      return [
        violation(
          "cache-after-document",
          path,
          `${path}: a cachePoint cannot be placed after a document block that is not a PDF.`,
        ),
      ];
    }
    const hasTools = message.content.some(
      ({ toolUse, toolResult }) => toolUse !== undefined || toolResult !== undefined,
    );
    return family.cachePoints === "not-in-tools" && hasTools
      ? [
          violation(
            "cache-beside-tools",
            path,
            `Malformed input request: #/messages/${index}/content/${position}: extraneous key [cachePoint] is not permitted, please reformat your input and try again.`,
          ),
        ]
      : [];
  });
}

function firstElsewhere(request: ConverseRequest): readonly Violation[] {
  return [
    ...(request.system?.[0]?.cachePoint === undefined ? [] : [first("system.0")]),
    ...(request.toolConfig?.tools[0]?.cachePoint === undefined ? [] : [first("toolConfig.tools.0")]),
  ];
}

function first(path: string): Violation {
  return violation("cache-first", path, `${path}: a cachePoint must follow the content that it caches.`);
}

/** Nova takes none at all. */
function takesLifetimes({ cachePoints, parameters }: ModelFamily): boolean {
  return cachePoints !== "not-in-tools" && parameters.cache.longLifetimes;
}

const lifetimeUnsupported = violation(
  "cache-lifetime",
  "cachePoint",
  "This model doesn't support the cachePoint.ttl field. Remove cachePoint.ttl and try again.",
);

function novaPoints(request: ConverseRequest): readonly Violation[] {
  return (request.toolConfig?.tools ?? []).flatMap(({ cachePoint }, index) =>
    cachePoint === undefined
      ? []
      : [
          violation(
            "cache-in-tools",
            `toolConfig.tools.${index}`,
            `Malformed input request: #/toolConfig/tools/${index}: extraneous key [cachePoint] is not permitted, please reformat your input and try again.`,
          ),
        ],
  );
}
