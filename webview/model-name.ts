import type { Connection } from "../src/protocol/chat-event.ts";
import { t } from "./strings.ts";

/**
 * A model id as people say it: `global.anthropic.claude-sonnet-4-5-20250929-v1:0` is `claude-sonnet-4-5`. For an ARN, its last part.
 */
export function modelName(connection: Connection): string {
  if (connection.kind === "demo") return t("Demo model");
  const id = connection.modelId.split("/").at(-1) ?? connection.modelId;
  const name = id
    .replace(/^(?:[a-z]{2,6}(?:-gov)?\.)?(?:[a-z0-9]+)\.(?=[a-z])/, "")
    .replace(/-\d{8}(?=-|$)/, "")
    .replace(/-v\d+(?::\d+)*(?::\d+k)?$/, "")
    .replace(/:\d+$/, "");
  return name === "" ? connection.modelId : name;
}
