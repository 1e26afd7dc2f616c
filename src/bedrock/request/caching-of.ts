import type { Capabilities } from "../../agent/capabilities.ts";
import type { CachingMode, RequestSettings } from "../../agent/request-settings.ts";

/**
 * How a model's prompts are cached: as the settings say, where it can. A latency-optimized Claude refuses every cache
 * point. https://github.com/boto/boto3/issues/4626
 */
export function cachingOf(
  settings: Pick<RequestSettings, "promptCaching" | "latency"> | undefined,
  { family, request }: Capabilities,
): CachingMode {
  const mode = settings?.promptCaching ?? "5m";
  if (settings?.latency === "optimized" && request.latency && family === "claude") return "off";
  return mode === "1h" && !request.longCache ? "5m" : mode;
}
