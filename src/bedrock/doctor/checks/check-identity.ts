import type { IdentityDescription } from "../../identity/describe-identity.ts";
import { sourceWords } from "../../identity/source-words.ts";
import type { Check } from "../check.ts";
import type { DoctorContext } from "../doctor-context.ts";

/** Who the requests come from, and where that was found. */
export const checkIdentity: Check = {
  id: "identity",
  title: "Identity",
  needs: [],
  // A person may be asked for a code.
  limitMs: 120_000,
  run: async (context, signal) => {
    const identity = await context.identity(signal);
    const { arn, unknown, expiration, overrides } = identity;
    const details = [
      ...(arn === undefined ? [] : [arn]),
      ...(expiration === undefined ? [] : [`Valid until ${expiration.toISOString()}`]),
      ...(unknown === undefined ? [] : [`STS did not say which account this is: ${unknown}`]),
      ...overrides,
    ];
    return { state: "pass", what: whoIs(identity, context), details };
  },
};

function whoIs({ kind, source, account }: IdentityDescription, { settings }: DoctorContext): string {
  if (kind !== "none") return `${source} (${sourceWords[kind]})${account === undefined ? "" : `, account ${account}`}.`;
  return settings.authentication === "none"
    ? "Requests are not signed."
    : "No AWS credentials were found, which suits gateways only.";
}
