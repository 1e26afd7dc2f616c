import { redact } from "../../redact.ts";
import type { Check } from "../check.ts";
import { sentenceOf } from "../failure-of.ts";

/** Which proxy stands between this computer and the endpoint, and whether it lets requests through. */
export const checkProxy: Check = {
  id: "proxy",
  title: "Proxy",
  needs: ["region"],
  limitMs: 30_000,
  run: async (context, signal) => {
    const probe = await context.probe(signal);
    const proxy = context.parts.proxyFor(probe.address);
    if (!probe.reached && probe.failure.kind === "proxy_auth") {
      const fix = "Put user and password into the URL of the proxy, or sign in to it.";
      return { state: "fail", what: `${sentenceOf(probe.failure)}`, fix, actions: ["open-settings"] };
    }
    if (probe.reached && probe.status === 407) {
      const fix = "Put user and password into the URL of the proxy, or sign in to it.";
      return { state: "fail", what: "The proxy asks for a sign-in.", fix, actions: ["open-settings"] };
    }
    if (proxy === undefined) return { state: "pass", what: `None is set for ${probe.address.host}.` };
    return { state: "pass", what: `${redact(proxy.url)}, from ${proxy.source}.` };
  },
};
