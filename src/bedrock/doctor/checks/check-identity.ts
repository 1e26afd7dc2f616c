import { t, text } from "../../../protocol/localize.ts";
import type { IdentityDescription } from "../../identity/describe-identity.ts";
import { sourceWords } from "../../identity/source-words.ts";
import type { Check } from "../check.ts";
import type { DoctorContext } from "../doctor-context.ts";

/** Who the requests come from, and where that was found. */
export const checkIdentity: Check = {
  id: "identity",
  title: text("Identity"),
  needs: [],
  // A person may be asked for a code.
  limitMs: 120_000,
  run: async (context, signal) => {
    const identity = await context.identity(signal);
    const { arn, unknown, expiration, overrides } = identity;
    const details = [
      ...(arn === undefined ? [] : [arn]),
      ...(expiration === undefined ? [] : [t("Valid until {0}", expiration.toISOString())]),
      ...(unknown === undefined ? [] : [t("STS did not say which account this is: {0}", unknown)]),
      ...overrides,
    ];
    return { state: "pass", what: whoIs(identity, context), details };
  },
};

function whoIs({ kind, source, account }: IdentityDescription, { settings }: DoctorContext): string {
  if (kind !== "none") {
    const words = t(sourceWords[kind]);
    return account === undefined
      ? t("{0} ({1}).", source, words)
      : t("{0} ({1}), account {2}.", source, words, account);
  }
  return settings.authentication === "none"
    ? t("Requests are not signed.")
    : t("No AWS credentials were found, which suits gateways only.");
}
