import { t, text } from "../../../protocol/localize.ts";
import type { Check } from "../check.ts";

/** AWS refuses a signature whose time is further off than five minutes; its SDK corrects from four on. */
const mostMs = 240_000;

/** This computer's clock against the `Date` of the endpoint's answer. */
export const checkClock: Check = {
  id: "clock",
  title: text("Clock"),
  needs: ["region"],
  limitMs: 30_000,
  run: async (context, signal) => {
    const probe = await context.probe(signal);
    if (!probe.reached)
      return { state: "skipped", why: t("{0} could not be reached, so nothing told the time.", probe.address.host) };
    const { clockOffsetMs } = probe;
    if (clockOffsetMs === undefined) return { state: "skipped", why: t("The endpoint's answer has no date.") };
    const off = describe(clockOffsetMs);
    if (Math.abs(clockOffsetMs) < mostMs) return { state: "pass", what: t("This computer's clock is {0}.", off) };
    return {
      state: "fail",
      what: t("This computer's clock is {0}; AWS refuses signatures that are more than five minutes off.", off),
      fix: t("Set the clock and the time zone, or let the operating system set them from the network."),
      details: [t("The AWS SDK corrects for it after a first refusal, so that calls may succeed all the same.")],
    };
  },
};

/** `offsetMs`: the service's clock minus this one. */
function describe(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1_000);
  if (seconds <= 1) return t("right to the second");
  const size = seconds < 120 ? t("{0} s", seconds) : t("{0} minutes", Math.round(seconds / 60));
  return offsetMs > 0 ? t("{0} behind that of the endpoint", size) : t("{0} ahead of that of the endpoint", size);
}
