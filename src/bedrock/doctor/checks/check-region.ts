import { t, text } from "../../../protocol/localize.ts";
import { createClient } from "../../client.ts";
import { environmentRegion } from "../../client-region.ts";
import type { Check, CheckResult } from "../check.ts";
import type { DoctorContext } from "../doctor-context.ts";

const looksLikeRegion = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/u;

/** The region that requests are signed for and go to, and where it is set. */
export const checkRegion: Check = {
  id: "region",
  title: text("Region"),
  needs: [],
  limitMs: 10_000,
  run: async (context) => {
    const region = await regionOf(context);
    if (region === undefined) {
      const fix = t("Set {0}, AWS_REGION or the profile's region.", context.parts.nameOf("region"));
      return { state: "fail", what: t("No AWS region is set."), fix, actions: ["open-settings"] };
    }
    if (!looksLikeRegion.test(region)) {
      const fix = t("Set {0} to a region such as eu-central-1.", sourceOf(context));
      return { state: "fail", what: t('"{0}" is not an AWS region.', region), fix, actions: ["open-settings"] };
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
  const what = t("{0}, from {1}.", region, sourceOf(context));
  const details = context.isGateway
    ? [t("Used for the signature only: the gateway decides where the request goes.")]
    : [];
  return { state: "pass", what, details };
}

function sourceOf({ settings, parts, isGateway }: DoctorContext): string {
  if (settings.region !== undefined) return parts.nameOf("region");
  if (settings.authentication !== "none") {
    const ofEnvironment = environmentRegion(process.env);
    if (ofEnvironment !== undefined) return ofEnvironment.from;
  }
  return isGateway && settings.profile === undefined ? t("Outcrop's default for gateways") : t("the profile");
}
