import type { Check } from "../check.ts";

/** Who the requests come from, and where that was found. */
export const checkIdentity: Check = {
  id: "identity",
  title: "Identity",
  needs: [],
  limitMs: 30_000,
  run: async (context, signal) => {
    const identity = await context.parts.describeIdentity(context.settings, signal);
    context.identity = identity;
    const { kind, source, account, arn, unknown, expiresAt } = identity;
    const who = account === undefined ? "" : `, account ${account}`;
    const details = [
      ...(arn === undefined ? [] : [arn]),
      ...(expiresAt === undefined ? [] : [`Valid until ${expiresAt.toISOString()}`]),
      ...(unknown === undefined ? [] : [`STS did not say which account this is: ${unknown}`]),
    ];
    if (kind === "none") return { state: "pass", what: `${source}.`, details };
    return { state: "pass", what: `From ${source}${who}.`, details };
  },
};
