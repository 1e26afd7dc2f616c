import { plural, t } from "../../protocol/localize.ts";
import type { ActiveConfiguration } from "./configurations.ts";

/** The names that the user has given, right or wrong. */
export function configurationNames(configurations: unknown): readonly string[] {
  return typeof configurations === "object" && configurations !== null ? Object.keys(configurations) : [];
}

/** One line that tells configurations apart: the values that do most, the names of the others. Header values stay out of it. */
export function describeConfiguration(configuration: ActiveConfiguration): string {
  if (configuration.kind === "none") return "";
  if (configuration.kind === "wrong") return configuration.problem;
  const { profile, region, endpoint, model, authentication, maxTokens, requestHeaders, ...rest } = configuration.values;
  const { caBundle = "", guardrail: { identifier: guardrail = "" } = {}, allowedRegions = [], ...others } = rest;
  const { useFipsEndpoint, routing, ...further } = others;
  const names = Object.keys(further);
  const host = endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
  const headers = Object.keys(requestHeaders ?? {}).length;
  const parts = [
    model,
    host,
    region,
    profile === undefined ? undefined : t("profile {0}", profile),
    authentication === undefined ? undefined : t("authentication {0}", authentication),
    maxTokens === undefined ? undefined : t("{0} output tokens", maxTokens),
    headers === 0 ? undefined : plural(headers, "{0} header", "{0} headers"),
    caBundle === "" ? undefined : t("own certificates"),
    useFipsEndpoint === true ? "FIPS" : undefined,
    guardrail === "" ? undefined : t("guardrail {0}", guardrail),
    allowedRegions.length === 0 ? undefined : t("only in {0}", allowedRegions.join(", ")),
    routing === "automatic" ? t("automatic routing") : undefined,
    names.length === 0 ? undefined : t("sets {0}", names.join(", ")),
  ];
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}
