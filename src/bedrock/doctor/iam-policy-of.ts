import { untilAborted } from "../../agent/until-aborted.ts";
import { capabilitiesOf } from "../capabilities.ts";
import { createClient } from "../client.ts";
import { iamPolicyFor, type PolicyDocument } from "../iam/iam-policy-for.ts";
import { type ModelTarget, targetArns } from "../iam/model-target.ts";
import { modelKind } from "../models/model-kind.ts";
import type { DoctorContext } from "./doctor-context.ts";

/**
 * The policy for what the settings use. Account and the regions behind a profile are asked for; where AWS does not say, the
 * policy has a wildcard in their place.
 */
export async function iamPolicyOf(context: DoctorContext, signal: AbortSignal): Promise<PolicyDocument> {
  const { settings, parts, isGateway } = context;
  const identity = await context.identity(signal).catch(() => undefined);
  signal.throwIfAborted();
  const region = (await regionOf(context, signal)) ?? "*";
  const account = identity?.account;
  const targets: ModelTarget[] = [];
  const ids = new Set([settings.modelId, ...(parts.furtherModels ?? [])]);
  for (const modelId of ids) {
    const target: ModelTarget = { modelId, region, account };
    const isRouter = modelKind(modelId) === "router";
    const isAsked = (isRouter || targetArns(target).kind === "profile") && !isGateway;
    const models = isAsked ? await modelsBehind(context, modelId, signal) : [];
    signal.throwIfAborted();
    // What a router chooses from is invoked in its caller's name.
    if (isRouter) for (const model of models) ids.add(model);
    targets.push({ ...target, ...(models.length > 0 && !isRouter && { models }) });
  }
  // Which models are behind a profile in another region is not asked for.
  for (const place of parts.furtherPlaces ?? []) targets.push({ ...place, account });
  const all = targets.map(({ modelId, models: [behind] = [] }) => capabilitiesOf(behind ?? modelId));
  const features = {
    streaming: all.some(({ streaming }) => streaming),
    whole: all.some(({ streaming, tools, streamingTools }) => !streaming || (tools && !streamingTools)),
    listing: !isGateway,
    countTokens: !isGateway,
    apiKey: identity?.kind === "api-key",
    guardrails: parts.guardrail === undefined ? [] : [parts.guardrail.identifier],
  };
  return iamPolicyFor(features, targets);
}

async function modelsBehind(context: DoctorContext, modelId: string, signal: AbortSignal): Promise<readonly string[]> {
  const plane = await context.controlPlane();
  return plane.modelsOf(modelId, signal).catch(() => []);
}

async function regionOf({ settings }: DoctorContext, signal: AbortSignal): Promise<string | undefined> {
  const client = createClient(settings);
  try {
    return await untilAborted(
      client.config.region().catch(() => undefined),
      signal,
    );
  } finally {
    client.destroy();
  }
}
