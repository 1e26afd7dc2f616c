import * as z from "zod";
import { type FromUsageView, usageRanges } from "../../protocol/usage-report.ts";

const fromUsageView: z.ZodType<FromUsageView> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("show"), range: z.literal(usageRanges) }),
  z.strictObject({ type: z.literal("export") }),
]);

/** What a webview says is untrusted: anything but exactly one of the known messages is undefined. */
export function parseFromUsageView(message: unknown): FromUsageView | undefined {
  return fromUsageView.safeParse(message).data;
}
