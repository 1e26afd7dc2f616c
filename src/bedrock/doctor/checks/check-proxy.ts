import { t, text } from "../../../protocol/localize.ts";
import { redact } from "../../redact.ts";
import type { Check } from "../check.ts";
import { sentenceOf } from "../failure-of.ts";

/** Which proxy stands between this computer and the endpoint, and whether it lets requests through. */
export const checkProxy: Check = {
  id: "proxy",
  title: text("Proxy"),
  needs: ["region"],
  limitMs: 30_000,
  run: async (context, signal) => {
    const probe = await context.probe(signal);
    const proxy = context.parts.proxyFor(probe.address);
    if (!probe.reached && probe.failure.kind === "proxy_auth") {
      const fix = t("Put user and password into the URL of the proxy, or sign in to it.");
      return { state: "fail", what: `${sentenceOf(probe.failure)}`, fix, actions: ["open-settings"] };
    }
    if (probe.reached && probe.status === 407) {
      const fix = t("Put user and password into the URL of the proxy, or sign in to it.");
      return { state: "fail", what: t("The proxy asks for a sign-in."), fix, actions: ["open-settings"] };
    }
    if (proxy === undefined) return { state: "pass", what: t("None is set for {0}.", probe.address.host) };
    return { state: "pass", what: t("{0}, from {1}.", redact(proxy.url), proxy.source) };
  },
};
