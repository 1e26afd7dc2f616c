import { type Effort, noThinking, type RequestSupport, requestSupport } from "../../agent/request-support.ts";

interface SupportRow {
  readonly id: RegExp;
  readonly support: RequestSupport;
}

const allEfforts: readonly Effort[] = ["low", "medium", "high", "xhigh", "max"];
const threeEfforts: readonly Effort[] = ["low", "medium", "high"];

const claude5: RequestSupport = {
  ...requestSupport,
  topP: false,
  longCache: true,
  thinking: { ...noThinking, fields: ["adaptive"], isDefault: true, efforts: allEfforts },
};
const opus48: RequestSupport = { ...claude5, thinking: { ...claude5.thinking, isDefault: false } };
const claude46: RequestSupport = {
  ...requestSupport,
  strictTools: true,
  bothSamplings: false,
  longCache: true,
  thinking: {
    ...noThinking,
    fields: ["adaptive", "budget"],
    efforts: ["low", "medium", "high", "max"],
  },
};
const claude37: RequestSupport = {
  ...requestSupport,
  thinking: { ...noThinking, fields: ["budget"] },
};
const claude4: RequestSupport = { ...claude37, thinking: { ...claude37.thinking, isInterleaved: true } };
const claude45: RequestSupport = { ...claude4, strictTools: true, bothSamplings: false, longCache: true };
const reasoningEffort: RequestSupport = {
  ...requestSupport,
  thinking: { ...noThinking, fields: ["reasoning_effort"], efforts: threeEfforts },
};

/** The first whose `id` occurs in the model's own id holds. Collected from the same sources as the families. */
const rows: readonly SupportRow[] = [
  { id: /claude-(?:v2|instant|3-(?:5|opus|sonnet|haiku))/u, support: requestSupport },
  { id: /claude-3-7/u, support: claude37 },
  { id: /claude-opus-4-[78]/u, support: opus48 },
  { id: /claude-(?:opus|sonnet)-4-6/u, support: claude46 },
  { id: /claude-(?:opus|sonnet|haiku)-4-5/u, support: claude45 },
  { id: /claude-(?:opus|sonnet)-4(?!-[6-9])/u, support: claude4 },
  { id: /claude/u, support: claude5 },
  {
    id: /nova-2/u,
    support: {
      ...requestSupport,
      thinking: { ...noThinking, fields: ["reasoningConfig"], efforts: threeEfforts },
    },
  },
  { id: /openai\.gpt-oss|kimi/u, support: reasoningEffort },
];

/** What a model takes beside messages and tools, by its own id, as `baseModelId` gives it. */
export function requestSupportOf(id: string): RequestSupport {
  return rows.find((row) => row.id.test(id))?.support ?? requestSupport;
}
