import type { ParsedScript } from "../script-schema.ts";
import { foundationModels } from "./model-catalogue.ts";

/** Listed, but nobody of the account has accepted its terms. */
const withoutAgreement = "anthropic.claude-opus-4-6-v1";

/** The pattern of a foundation model's own id; a profile's id or an ARN is none. */
const modelIdPattern = /^[a-z0-9-]{1,63}\.[a-z0-9-]{1,63}(?:[.:]?[a-z0-9-]{1,63})?(?::[a-z0-9]{1,20})?$/u;
const geography = /^(?:us-gov|global|apac|[a-z]{2})\./u;

/** What a script says of every model. */
export type Availability = NonNullable<ParsedScript["controlPlane"]>["availability"];

/** What `GetFoundationModelAvailability` answers. */
export function modelAvailability(
  modelId: string,
  own: Availability = {},
): { readonly body: unknown } | { readonly missing: string } | { readonly invalid: string } {
  if (!modelIdPattern.test(modelId) || geography.test(modelId)) {
    return { invalid: "The provided model identifier is invalid." };
  }
  if (!foundationModels.some((model) => model.modelId === modelId)) {
    return { missing: "Could not resolve the foundation model from the provided model identifier." };
  }
  const agreed = modelId !== withoutAgreement;
  return {
    body: {
      modelId,
      agreementAvailability: { status: own.agreement ?? (agreed ? "AVAILABLE" : "NOT_AVAILABLE") },
      authorizationStatus: own.authorization ?? (agreed ? "AUTHORIZED" : "NOT_AUTHORIZED"),
      entitlementAvailability: own.entitlement ?? (agreed ? "AVAILABLE" : "NOT_AVAILABLE"),
      regionAvailability: own.region ?? "AVAILABLE",
    },
  };
}
