import { isAwsEndpoint } from "../bedrock-settings.ts";
import { environmentRegion } from "../client-region.ts";
import { profileInUse } from "./environment-profile.ts";
import { loadProfiles } from "./load-profiles.ts";

/** What the region depends on, of the settings and of where a chat is. */
export interface RegionSettings {
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly profile?: string | undefined;
}

/**
 * The region that requests go to, in the order of the AWS CLI: what is set, `AWS_REGION`, `AWS_DEFAULT_REGION`, the
 * profile's. Undefined where nothing names one, and where a gateway decides.
 */
export async function findRegion(
  { region, endpoint, profile }: RegionSettings,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const given = region ?? environmentRegion(environment)?.region;
  if (given !== undefined || (!isAwsEndpoint(endpoint) && profile === undefined)) return given;
  const named = profileInUse(profile, environment);
  return (await loadProfiles()).find(({ name }) => name === named)?.region;
}
