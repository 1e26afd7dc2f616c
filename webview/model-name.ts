import type { Connection } from "../src/protocol/connection.ts";
import { t } from "./strings.ts";

/**
 * A model id as people say it: `global.anthropic.claude-sonnet-4-5-20250929-v1:0` is `claude-sonnet-4-5`. For an ARN, its last part.
 */
export function modelName(connection: Connection): string {
  if (connection.kind === "demo") return t("Demo model");
  if (connection.gatewayDecidesModel) return t("Model decided by the gateway");
  if (connection.routing !== undefined) return t("Automatic");
  const id = connection.modelId.split("/").at(-1) ?? connection.modelId;
  const name = id
    .replace(/^(?:[a-z]{2,6}(?:-gov)?\.)?(?:[a-z0-9]+)\.(?=[a-z])/, "")
    .replace(/-\d{8}(?=-|$)/, "")
    .replace(/-v\d+(?::\d+)*(?::\d+k)?$/, "")
    .replace(/:\d+$/, "");
  return name === "" ? connection.modelId : name;
}

/** Who is asked, and where: `claude-sonnet-4-5 (eu-central-1)`, or the host of an endpoint before the region. */
export function placeName(connection: Connection): string {
  const name = modelName(connection);
  if (connection.kind === "demo") return name;
  const { endpoint, region } = connection;
  const place = [hostOf(endpoint), region].filter(Boolean).join(", ");
  return place === "" ? name : t("{0} ({1})", name, place);
}

/** The host of an endpoint; what was typed where it has none. */
export function hostOf(endpoint = ""): string {
  return (URL.canParse(endpoint) && new URL(endpoint).host) || endpoint;
}
