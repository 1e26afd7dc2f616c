import type { GetFoundationModelAvailabilityResponse } from "@aws-sdk/client-bedrock";
import { t, text } from "../../../protocol/localize.ts";
import { baseModelId } from "../../capabilities.ts";
import { type ErrorFacts, readErrorFacts } from "../../error-facts.ts";
import { modelKind } from "../../models/model-kind.ts";
import type { Check, CheckResult } from "../check.ts";
import type { DoctorContext } from "../doctor-context.ts";
import { failureOf } from "../failure-of.ts";

/** Whether the account may use the model, as AWS itself says; where it may not be asked, the call below tells. */
export const checkModelAccess: Check = {
  id: "model-access",
  title: text("Model access"),
  needs: ["identity", "region", "endpoint"],
  limitMs: 30_000,
  run: async (context, signal) => {
    if (context.isGateway) return { state: "skipped", why: t("The gateway decides which models there are.") };
    try {
      const modelId = await foundationModel(context, signal);
      if (modelId === undefined)
        return { state: "skipped", why: t("AWS tells no access state for a model of this kind.") };
      const plane = await context.controlPlane();
      return judge(modelId, await plane.availability(modelId, signal), context);
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(error, context);
      const reason = whyNotTold(readErrorFacts(error));
      if (reason === undefined) return failure;
      return { state: "skipped", why: t("{0}; the call below tells instead.", reason), details: failure.details ?? [] };
    }
  },
};

/** Why an error says nothing of the model: whoever asks may not, or the partition has no such operation. */
function whyNotTold({ name, status, message }: ErrorFacts): string | undefined {
  if (name === "AccessDeniedException")
    return t("Asking for it is not allowed (bedrock:GetFoundationModelAvailability)");
  // A page of a proxy is no answer of AWS; a resource that is not found is the model or the profile.
  if (name === "ForeignAnswer" || name === "ResourceNotFoundException") return undefined;
  const isMissing = namesOfMissing.has(name) || status === 404 || status === 501;
  const isRefused = name === "ValidationException" && aboutOperation.test(message);
  return isMissing || isRefused ? t("This endpoint of Bedrock cannot be asked for it ({0})", name) : undefined;
}

const namesOfMissing: ReadonlySet<string> = new Set([
  text("UnknownOperationException"),
  text("NotImplementedException"),
]);
const aboutOperation = /\boperation\b|not implemented/iu;

/** The foundation model that answers; undefined for provisioned, imported and custom models, routers and prompts. */
async function foundationModel(context: DoctorContext, signal: AbortSignal): Promise<string | undefined> {
  const { modelId } = context.settings;
  const kind = modelKind(modelId);
  const isArn = modelId.startsWith("arn:");
  if (kind === "foundation-model" || (!isArn && kind !== "application-profile")) return baseModelId(modelId);
  if (kind !== "system-profile" && kind !== "application-profile") return undefined;
  const [first] = await (await context.controlPlane()).modelsOf(modelId, signal);
  return first === undefined ? undefined : baseModelId(first);
}

const consoleFix = text(
  "Open the Bedrock console, Model catalog, and ask for access to the model; Anthropic's models also need the use case form.",
);

function judge(model: string, found: GetFoundationModelAvailabilityResponse, { settings }: DoctorContext): CheckResult {
  const { regionAvailability, authorizationStatus, entitlementAvailability, agreementAvailability } = found;
  const details = [
    t(
      "Region {0}, authorization {1}, entitlement {2}, agreement {3}",
      regionAvailability ?? "undefined",
      authorizationStatus ?? "undefined",
      entitlementAvailability ?? "undefined",
      agreementAvailability?.status ?? "undefined",
    ),
  ];
  const failed = (what: string, fix = t(consoleFix)): CheckResult => ({
    state: "fail",
    what,
    fix,
    actions: ["select-model"],
    details,
  });
  // An inference profile answers from other regions than the one that is asked.
  const isProfile = ["system-profile", "application-profile"].includes(modelKind(settings.modelId));
  if (regionAvailability === "NOT_AVAILABLE" && !isProfile) {
    return failed(
      t("{0} is not offered in this region.", model),
      t("Select an inference profile, another model, or another region."),
    );
  }
  if (authorizationStatus === "NOT_AUTHORIZED") return failed(t("The account is not authorized to use {0}.", model));
  if (agreementAvailability?.status === "PENDING") {
    return failed(
      t("Access to {0} was asked for and is not granted yet.", model),
      t("Wait some minutes and run this again."),
    );
  }
  if (agreementAvailability?.status !== "AVAILABLE" || entitlementAvailability === "NOT_AVAILABLE") {
    return failed(t("The account has no access to {0} yet.", model));
  }
  return { state: "pass", what: t("The account has access to {0}.", model), details };
}
