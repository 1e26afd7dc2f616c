import { type BedrockSettings, isAwsEndpoint } from "./bedrock-settings.ts";

/** A gateway decides the region by itself; signing still needs one. Left out: the SDK looks for it. */
export function regionOf({ region, endpoint, profile, authentication }: BedrockSettings): { region?: string } {
  if (region !== undefined) return { region };
  if (authentication === "none") return { region: "us-east-1" };
  const ofEnvironment = environmentRegion(process.env)?.region;
  if (ofEnvironment !== undefined) return { region: ofEnvironment };
  return !isAwsEndpoint(endpoint) && profile === undefined ? { region: "us-east-1" } : {};
}

/** As the AWS CLI reads it; the SDK does not know the second variable. Before the profile's, as in both. */
export function environmentRegion(
  environment: NodeJS.ProcessEnv,
): { readonly region: string; readonly from: string } | undefined {
  for (const from of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const region = environment[from];
    if (region) return { region, from };
  }
  return undefined;
}
