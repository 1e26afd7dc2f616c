import { capabilitiesOf } from "./bedrock/capabilities.ts";
import type { Attachment } from "./protocol/attachment.ts";
import type { Connection } from "./protocol/connection.ts";
import { t } from "./protocol/localize.ts";

/** Why the model that answers gets no attachment of this kind; undefined where it does, or nobody knows. */
export function mediaRefusal(connection: Connection, kind: Attachment["kind"]): string | undefined {
  if (kind !== "image" && kind !== "document") return undefined;
  if (connection.kind === "demo") return t("Not sent: the demo model takes no images or documents.");
  const { images, documents } = capabilitiesOf(connection.modelId);
  if (kind === "image") return images === "none" ? t("Not sent: the chosen model does not support images.") : undefined;
  return documents === "none" ? t("Not sent: the chosen model does not support documents.") : undefined;
}
