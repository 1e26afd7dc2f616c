import { createClient } from "../../client.ts";
import { environmentRegion } from "../../client-region.ts";
import type { Check, CheckResult } from "../check.ts";
import type { DoctorContext } from "../doctor-context.ts";

const looksLikeRegion = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/u;

/** The region that requests are signed for and go to, and where it is set. */
export const checkRegion: Check = {
  id: "region",
  title: "Region",
  needs: [],
  limitMs: 10_000,
  run: async (context) => {
    const region = await regionOf(context);
    if (region === undefined) {
      const fix = `Set ${context.parts.nameOf("region")}, AWS_REGION or the profile's region.`;
      return { state: "fail", what: "No AWS region is set.", fix, actions: ["open-settings"] };
    }
    if (!looksLikeRegion.test(region)) {
      const fix = `Set ${sourceOf(context)} to a region such as eu-central-1.`;
      return { state: "fail", what: `"${region}" is not an AWS region.`, fix, actions: ["open-settings"] };
    }
    return passed(region, context);
  },
};

async function regionOf({ settings }: DoctorContext): Promise<string | undefined> {
  const client = createClient(settings);
  try {
    return await client.config.region().catch(() => undefined);
  } finally {
    client.destroy();
  }
}

function passed(region: string, context: DoctorContext): CheckResult {
  const what = `${region}, from ${sourceOf(context)}.`;
  const details = context.isGateway ? ["Used for the signature only: the gateway decides where the request goes."] : [];
  return { state: "pass", what, details };
}

function sourceOf({ settings, parts, isGateway }: DoctorContext): string {
  if (settings.region !== undefined) return parts.nameOf("region");
  if (settings.authentication !== "none") {
    const ofEnvironment = environmentRegion(process.env);
    if (ofEnvironment !== undefined) return ofEnvironment.from;
  }
  return isGateway && settings.profile === undefined ? "Outcrop's default for gateways" : "the profile";
}
