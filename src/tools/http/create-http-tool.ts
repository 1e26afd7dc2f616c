import type { PreparedCall, RequestCall, Tool, ToolSuccess } from "../../agent/tool.ts";
import type { JsonObject } from "../../agent/tool-input.ts";
import { t } from "../../protocol/localize.ts";
import { sizeLimit } from "../result-size.ts";
import { sliceText } from "../slice-text.ts";
import { type BuiltRequest, buildRequest } from "./build-request.ts";
import { createCheckInput } from "./check-input.ts";
import { describeHeaders, resolveHeaders } from "./headers.ts";
import type { HttpPorts } from "./http-ports.ts";
import { effectOf, type HttpToolDefinition } from "./http-tool-definition.ts";
import { sendRequest } from "./send-request.ts";
import type { TurnCache } from "./turn-cache.ts";

/** The call is given up only after its own time limit has had the chance to say more. */
const endingTimeMs = 5_000;
/** Characters of the values in a title. */
const longestValues = 60;

/** A tool that asks a server as its definition says. */
export function createHttpTool(definition: HttpToolDefinition, ports: HttpPorts): Tool {
  const { name, description, input, timeoutSeconds } = definition;
  const checkInput = createCheckInput(definition);
  const access = effectOf(definition);
  return {
    name,
    description,
    inputSchema: toInputSchema(input),
    effect: "network",
    ...(access === "read" && { onlyAsks: true }),
    limits: [
      `${timeoutSeconds} seconds`,
      sizeLimit(),
      ...(access === "write" ? ["asked about before it is sent"] : []),
    ],
    streamingTitle: t("Call {0}", name),
    async prepare(given, turn) {
      const checked = checkInput(given);
      const built = buildRequest(definition, checked);
      const shown = `${name}${valuesOf(checked)}`;
      const asked: Asked = { definition, ports, built, shown };
      const request: RequestCall = { method: definition.method, url: built.url, template: definition.url, access };
      return {
        title: t("Calling {0}", shown),
        intent: t("Call {0}", shown),
        effect: "network",
        targets: [],
        request,
        subject: { question: t("Call {0}?", name), details: detailsOf(definition, built) },
        timeoutMs: timeoutSeconds * 1000 + endingTimeMs,
        run: async ({ signal }) => {
          const run = (): Promise<ToolSuccess> => call(asked, signal);
          return access === "write" ? forgettingReads(ports.cache, run) : cached(asked, turn, run);
        },
      };
    },
  };
}

interface Asked {
  readonly definition: HttpToolDefinition;
  readonly ports: HttpPorts;
  readonly built: BuiltRequest;
  /** The call in a title. */
  readonly shown: string;
}

/** What tells calls of one tool apart in their titles: `(SHP-1001, 2026-12-03)`. */
function valuesOf(given: Readonly<Record<string, unknown>>): string {
  const values = Object.values(given).filter((value) => ["string", "number", "boolean"].includes(typeof value));
  const text = values.join(", ").replace(/\s+/g, " ").trim();
  if (text === "") return "";
  return ` (${text.length > longestValues ? `${sliceText(text, 0, longestValues)}…` : text})`;
}

function detailsOf({ method, headers, timeoutSeconds }: HttpToolDefinition, { url, body }: BuiltRequest) {
  return [
    { label: t("Request"), value: `${method} ${url}` },
    ...(body === undefined ? [] : [{ label: t("Body"), value: JSON.stringify(JSON.parse(body), null, 2) }]),
    { label: t("Headers"), value: describeHeaders(headers) },
    { label: t("Time limit"), value: t("{0} seconds", timeoutSeconds) },
  ] satisfies PreparedCall["subject"]["details"];
}

async function call({ definition, ports, built, shown }: Asked, signal: AbortSignal): Promise<ToolSuccess> {
  const { name, method, headers = {}, timeoutSeconds } = definition;
  const own = {
    accept: "application/json, */*;q=0.5",
    "user-agent": "outcrop",
    ...(built.body !== undefined && { "content-type": "application/json" }),
  };
  const resolved = { ...own, ...(await resolveHeaders(name, headers, ports.findSecret)) };
  const request = { method, headers: resolved, ...built };
  const access = effectOf(definition);
  return sendRequest({ tool: name, shown, access, request, timeoutSeconds }, ports, signal);
}

/** Whatever came of a write, what was read before it may have changed. */
async function forgettingReads(cache: TurnCache, run: () => Promise<ToolSuccess>): Promise<ToolSuccess> {
  try {
    return await run();
  } finally {
    cache.clear();
  }
}

async function cached(
  { definition, ports: { cache }, built }: Asked,
  turn: AbortSignal,
  run: () => Promise<ToolSuccess>,
): Promise<ToolSuccess> {
  if (definition.cache !== "turn") return run();
  const request = JSON.stringify([definition.name, definition.method, built]);
  const known = cache.find(turn, request);
  if (known !== undefined) return { ...known, title: t("{0}, known from this turn", known.title) };
  const success = await run();
  cache.keep(turn, request, success);
  return success;
}

/** Converse takes the schema without `$schema`. */
function toInputSchema({ $schema: _, ...schema }: HttpToolDefinition["input"]): JsonObject {
  return JSON.parse(JSON.stringify(schema));
}
