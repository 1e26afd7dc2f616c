import { type ControlPlaneRoute, controlPlaneRoute } from "./catalogue/control-plane.ts";
import type { Operation } from "./validate-request.ts";
import type { EmulatorRequest } from "./wire/http-exchange.ts";

/** What a request asks for. `action` is the one that IAM decides on, `resource` what it is about. */
export type Route =
  | {
      readonly kind: "runtime";
      readonly operation: Operation;
      readonly modelId: string;
      readonly action: string;
      readonly resource: string;
    }
  | {
      readonly kind: "control-plane";
      readonly read: ControlPlaneRoute;
      readonly action: string;
      readonly resource: string;
    }
  | {
      readonly kind: "apply-guardrail";
      readonly id: string;
      readonly version: string;
      readonly action: string;
      readonly resource: string;
    }
  | { readonly kind: "unknown" };

const runtimeActions: Readonly<Record<Operation, string>> = {
  "converse-stream": "bedrock:InvokeModelWithResponseStream",
  converse: "bedrock:InvokeModel",
  "count-tokens": "bedrock:CountTokens",
};

/** `basePath`: in front of the API's own paths. */
export function findRoute({ method, path: whole }: EmulatorRequest, basePath: string): Route {
  if (!whole.startsWith(`${basePath}/`)) return { kind: "unknown" };
  const path = whole.slice(basePath.length);
  if (method === "POST") return runtimeRoute(path);
  const read = method === "GET" ? controlPlaneRoute(path) : undefined;
  if (read === undefined) return { kind: "unknown" };
  const resource = read.id === undefined ? "*" : arnOf(read.id);
  return { kind: "control-plane", read, action: `bedrock:${read.operation}`, resource };
}

function runtimeRoute(path: string): Route {
  const [, model, segment] = /^\/model\/([^/]*)\/(converse-stream|converse|count-tokens)$/u.exec(path) ?? [];
  if (model !== undefined) {
    const operation = segment === "converse" || segment === "count-tokens" ? segment : "converse-stream";
    const modelId = decode(model);
    return { kind: "runtime", operation, modelId, action: runtimeActions[operation], resource: arnOf(modelId) };
  }
  const [, guardrail, version] = /^\/guardrail\/([^/]+)\/version\/([^/]+)\/apply$/u.exec(path) ?? [];
  if (guardrail === undefined || version === undefined) return { kind: "unknown" };
  const id = decode(guardrail);
  const resource = id.startsWith("arn:") ? id : `arn:aws:bedrock:us-east-1:111122223333:guardrail/${id}`;
  return { kind: "apply-guardrail", id, version: decode(version), action: "bedrock:ApplyGuardrail", resource };
}

function arnOf(id: string): string {
  if (id.startsWith("arn:")) return id;
  const isProfile = /^(?:us-gov|global|apac|[a-z]{2})\./u.test(id);
  return isProfile
    ? `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${id}`
    : `arn:aws:bedrock:us-east-1::foundation-model/${id}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
