import { t, text } from "../../../protocol/localize.ts";
import type { Check } from "../check.ts";
import { failureOf } from "../failure-of.ts";

/** Whether the model picker can list what there is. */
export const checkListing: Check = {
  id: "listing",
  title: text("Listing models"),
  needs: ["identity", "region", "endpoint"],
  limitMs: 30_000,
  run: async (context, signal) => {
    if (context.isGateway) return { state: "skipped", why: t("A gateway has no model list: model ids are typed.") };
    const plane = await context.controlPlane();
    const [models, profiles] = await Promise.allSettled([plane.countModels(signal), plane.countProfiles(signal)]);
    signal.throwIfAborted();
    const refused = [
      ...(models.status === "rejected" ? [["bedrock:ListFoundationModels", models.reason] as const] : []),
      ...(profiles.status === "rejected" ? [["bedrock:ListInferenceProfiles", profiles.reason] as const] : []),
    ];
    const [first] = refused;
    if (first === undefined && models.status === "fulfilled" && profiles.status === "fulfilled") {
      return {
        state: "pass",
        what: t("{0} foundation models and {1} inference profiles.", models.value, profiles.value),
      };
    }
    const actions = refused.map(([action]) => action).join(t(" and "));
    const failure = failureOf(first?.[1], context);
    return {
      ...failure,
      what: t("Models cannot be listed with {0}.", actions),
      fix: t("Ask your administrator for {0}. Until then, type or paste model ids; everything else works.", actions),
      details: [failure.what, ...(failure.details ?? [])],
    };
  },
};
