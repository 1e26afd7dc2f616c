import { awsError, wholeResponse } from "../reply/http-error.ts";
import type { ParsedScript } from "../script-schema.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import { type FoundationModel, foundationModels, inferenceProfiles } from "./model-catalogue.ts";

const defaultPageSize = 5;

/** Answers the control plane's reads: the lists, GetInferenceProfile and GetFoundationModelAvailability. */
export function controlPlaneResponse(
  path: string,
  request: EmulatorRequest,
  requestId: string,
  scripted?: ParsedScript["controlPlane"],
): readonly ResponseStep[] {
  const query = new URLSearchParams(request.query);
  const asked = /^\/foundation-model-availability\/(.+)$/u.exec(path)?.[1];
  if (asked !== undefined) return getAvailability(decodeURIComponent(asked), scripted?.availability ?? {}, requestId);
  const profileId = /^\/inference-profiles\/(.+)$/u.exec(path)?.[1];
  if (path === "/foundation-models") {
    return json({ modelSummaries: foundationModels.filter((model) => wanted(model, query)) }, requestId);
  }
  return profileId === undefined
    ? listProfiles(query, requestId)
    : getProfile(decodeURIComponent(profileId), requestId);
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

/** The page token is the base64 of the position at which the next page begins. */
function listProfiles(query: URLSearchParams, requestId: string): readonly ResponseStep[] {
  const type = query.get("type");
  const size = Number(query.get("maxResults") ?? defaultPageSize);
  const start = Number(Buffer.from(query.get("nextToken") ?? "MA==", "base64").toString());
  if (!Number.isInteger(size) || size < 1 || size > 1000 || !Number.isInteger(start) || start < 0) {
    return awsError(400, "ValidationException", "The provided maxResults or nextToken is not valid.", requestId);
  }
  if (type !== null && type !== "SYSTEM_DEFINED" && type !== "APPLICATION") {
    const message = `1 validation error detected: Value '${type}' at 'typeEquals' failed to satisfy constraint: Member must satisfy enum value set: [SYSTEM_DEFINED, APPLICATION]`;
    return awsError(400, "ValidationException", message, requestId);
  }
  const all = inferenceProfiles.filter((profile) => type === null || profile.type === type);
  const end = start + size;
  const next = end < all.length ? { nextToken: Buffer.from(String(end)).toString("base64") } : {};
  return json({ inferenceProfileSummaries: all.slice(start, end), ...next }, requestId);
}

function getProfile(id: string, requestId: string): readonly ResponseStep[] {
  const found = inferenceProfiles.find(
    ({ inferenceProfileId, inferenceProfileArn }) => inferenceProfileId === id || inferenceProfileArn === id,
  );
  return found === undefined
    ? awsError(404, "ResourceNotFoundException", "The provided inference profile was not found.", requestId)
    : json(found, requestId);
}

/** Foundation models only: the id of an inference profile is not known here. */
function getAvailability(
  modelId: string,
  own: NonNullable<NonNullable<ParsedScript["controlPlane"]>["availability"]>,
  requestId: string,
): readonly ResponseStep[] {
  if (!foundationModels.some((model) => model.modelId === modelId)) {
    return awsError(404, "ResourceNotFoundException", "The provided model identifier is not found.", requestId);
  }
  const available = "AVAILABLE";
  const body = {
    modelId,
    agreementAvailability: { status: own.agreement ?? available },
    authorizationStatus: own.authorization ?? "AUTHORIZED",
    entitlementAvailability: own.entitlement ?? available,
    regionAvailability: own.region ?? available,
  };
  return json(body, requestId);
}

function json(body: unknown, requestId: string): readonly ResponseStep[] {
  return wholeResponse(
    200,
    { "content-type": "application/json", "x-amzn-requestid": requestId },
    JSON.stringify(body),
  );
}
