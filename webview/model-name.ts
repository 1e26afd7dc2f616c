import type { Connection } from "../src/protocol/connection.ts";
import { shortModelName } from "../src/protocol/short-model-name.ts";
import { t } from "./strings.ts";

/** The model as people say it: `claude-sonnet-4-5`. */
export function modelName(connection: Connection): string {
  if (connection.kind === "demo") return t("Demo model");
  if (connection.gatewayDecidesModel) return t("Model decided by the gateway");
  if (connection.routing !== undefined) return t("Automatic");
  return shortModelName(connection.modelId);
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
