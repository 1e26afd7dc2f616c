import { awsError, wholeResponse } from "../reply/http-error.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import { importedModels, inferenceProfiles, promptRouters, provisionedModels } from "./account-models.ts";
import { guardrails } from "./guardrail-catalogue.ts";
import { type ListRules, pageOf, queryProblem } from "./list-query.ts";
import { type Availability, modelAvailability } from "./model-availability.ts";
import { type FoundationModel, foundationModels } from "./model-catalogue.ts";

/** A read of the control plane, as its path names it. */
export interface ControlPlaneRoute {
  readonly operation: string;
  /** What a `Get` is about. */
  readonly id?: string;
}

type Answer = { readonly body: unknown } | { readonly missing: string } | { readonly invalid: string };

interface List {
  readonly operation: string;
  readonly rules: ListRules;
  readonly answer: (query: URLSearchParams) => unknown;
  /** What is said where the query names something that there is not. */
  readonly missing?: (query: URLSearchParams) => string | undefined;
}

const sorted = { sortBy: ["CreationTime"], sortOrder: ["Ascending", "Descending"], nameContains: "text" } as const;

const lists: Readonly<Record<string, List>> = {
  "foundation-models": {
    operation: "ListFoundationModels",
    rules: {
      parameters: {
        byProvider: "text",
        byOutputModality: ["TEXT", "IMAGE", "EMBEDDING"],
        byInferenceType: ["ON_DEMAND", "PROVISIONED"],
        byCustomizationType: ["FINE_TUNING", "CONTINUED_PRE_TRAINING", "DISTILLATION"],
      },
    },
    answer: (query) => ({ modelSummaries: foundationModels.filter((model) => wanted(model, query)) }),
  },
  "inference-profiles": {
    operation: "ListInferenceProfiles",
    rules: { mostResults: 1000, parameters: { type: ["SYSTEM_DEFINED", "APPLICATION"] } },
    answer: (query) => paged("inferenceProfileSummaries", ofType(inferenceProfiles, query), query),
  },
  "imported-models": {
    operation: "ListImportedModels",
    rules: { mostResults: 1000, parameters: sorted },
    answer: (query) => paged("modelSummaries", importedModels, query),
  },
  "provisioned-model-throughputs": {
    operation: "ListProvisionedModelThroughputs",
    rules: {
      mostResults: 1000,
      parameters: { ...sorted, statusEquals: ["Creating", "InService", "Updating", "Failed"] },
    },
    answer: (query) => {
      const status = query.get("statusEquals");
      const those = provisionedModels.filter((model) => status === null || model.status === status);
      return paged("provisionedModelSummaries", those, query);
    },
  },
  guardrails: {
    operation: "ListGuardrails",
    rules: { mostResults: 1000, parameters: { guardrailIdentifier: "text" } },
    answer: (query) => paged("guardrails", guardrailsOf(query), query),
    missing: (query) => (guardrailsOf(query).length > 0 ? undefined : "The provided guardrail was not found."),
  },
  "prompt-routers": {
    operation: "ListPromptRouters",
    rules: { mostResults: 100, parameters: { type: ["custom", "default"] } },
    answer: (query) => paged("promptRouterSummaries", ofType(promptRouters, query), query),
  },
};

const reads: Readonly<
  Record<string, { readonly operation: string; readonly find: (id: string, availability?: Availability) => Answer }>
> = {
  "inference-profiles": {
    operation: "GetInferenceProfile",
    find: (id) =>
      found(
        inferenceProfiles.find((profile) => [profile.inferenceProfileId, profile.inferenceProfileArn].includes(id)),
        "The provided inference profile was not found.",
      ),
  },
  "imported-models": {
    operation: "GetImportedModel",
    find: (id) =>
      found(
        importedModels.find((model) => [model.modelArn, model.modelName].includes(id)),
        "The provided imported model was not found.",
      ),
  },
  "provisioned-model-throughput": {
    operation: "GetProvisionedModelThroughput",
    find: (id) =>
      found(
        provisionedModels.find((model) => [model.provisionedModelArn, model.provisionedModelName].includes(id)),
        "The provided provisioned model was not found.",
      ),
  },
  "prompt-routers": {
    operation: "GetPromptRouter",
    find: (id) =>
      found(
        promptRouters.find(({ promptRouterArn }) => promptRouterArn === id),
        "The provided prompt router was not found.",
      ),
  },
  "foundation-model-availability": { operation: "GetFoundationModelAvailability", find: modelAvailability },
};

/** The read that a path asks for; undefined where there is none. */
export function controlPlaneRoute(path: string): ControlPlaneRoute | undefined {
  const [, collection = "", id] = /^\/([a-z-]+)(?:\/([^/]+))?$/u.exec(path) ?? [];
  if (id === undefined) {
    const list = lists[collection];
    return list && { operation: list.operation };
  }
  const read = reads[collection];
  return read && { operation: read.operation, id: decodeURIComponent(id) };
}

/** Answers the control plane's reads. */
export function controlPlaneResponse(
  { operation, id }: ControlPlaneRoute,
  request: EmulatorRequest,
  requestId: string,
  availability?: Availability,
): readonly ResponseStep[] {
  const query = new URLSearchParams(request.query);
  const answer = id === undefined ? listed(operation, query) : read(operation, id, availability);
  if ("invalid" in answer) return awsError(400, "ValidationException", answer.invalid, requestId);
  if ("missing" in answer) return awsError(404, "ResourceNotFoundException", answer.missing, requestId);
  const headers = { "content-type": "application/json", "x-amzn-requestid": requestId };
  return wholeResponse(200, headers, JSON.stringify(answer.body));
}

function listed(operation: string, query: URLSearchParams): Answer {
  const list = Object.values(lists).find((candidate) => candidate.operation === operation);
  if (list === undefined) return { missing: `There is no list ${operation}.` };
  const invalid = queryProblem(query, list.rules);
  if (invalid !== undefined) return { invalid };
  const missing = list.missing?.(query);
  return missing === undefined ? { body: list.answer(query) } : { missing };
}

function read(operation: string, id: string, availability: Availability | undefined): Answer {
  const one = Object.values(reads).find((candidate) => candidate.operation === operation);
  return one?.find(id, availability) ?? { missing: `There is no read ${operation}.` };
}

function found(body: unknown, missing: string): Answer {
  return body === undefined ? { missing } : { body };
}

function paged(member: string, all: readonly unknown[], query: URLSearchParams): unknown {
  const { items, next } = pageOf(all, query);
  return { [member]: items, ...next };
}

function ofType<Item extends { readonly type: string }>(all: readonly Item[], query: URLSearchParams): readonly Item[] {
  const type = query.get("type");
  return all.filter((item) => type === null || item.type === type);
}

/** The draft of each, or every version of one. */
function guardrailsOf(query: URLSearchParams) {
  const named = query.get("guardrailIdentifier");
  return guardrails.filter(({ id, arn, version }) =>
    named === null ? version === "DRAFT" : id === named || arn === named,
  );
}

function wanted(model: FoundationModel, query: URLSearchParams): boolean {
  const provider = query.get("byProvider");
  const modality = query.get("byOutputModality");
  const inference = query.get("byInferenceType");
  return (
    (provider === null || provider.toLowerCase() === model.providerName.toLowerCase()) &&
    (modality === null || model.outputModalities.includes(modality)) &&
    (inference === null || model.inferenceTypesSupported.some((type) => type === inference))
  );
}
