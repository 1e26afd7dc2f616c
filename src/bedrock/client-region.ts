import { type BedrockSettings, isAwsEndpoint } from "./bedrock-settings.ts";

/** A gateway decides the region by itself; signing still needs one. Left out: the SDK looks for it. */
export function regionOf({ region, endpoint, profile, authentication }: BedrockSettings): { region?: string } {
  if (region !== undefined) return { region };
  if (authentication === "none") return { region: "us-east-1" };
  if (!isAwsEndpoint(endpoint) && profile === undefined && !process.env["AWS_REGION"]) return { region: "us-east-1" };
  return {};
}
