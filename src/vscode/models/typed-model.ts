import { t } from "../../protocol/localize.ts";

/** What a text in the picker's box is. */
export type TypedModel =
  | { readonly kind: "filter" }
  | { readonly kind: "id"; readonly id: string }
  /** Meant as an ARN, but none of a model. */
  | { readonly kind: "wrong"; readonly why: string };

const arnOfModel = /^arn:aws[a-z-]*:(?:bedrock|sagemaker):[a-z0-9-]*:\d*:[a-z-]+\/\S+$/u;

/** Judges by form alone. `anyId`: behind a gateway every name may be one. */
export function typedModel(text: string, anyId: boolean): TypedModel {
  const id = text.trim();
  if (id.startsWith("arn:")) {
    if (arnOfModel.test(id)) return { kind: "id", id };
    const why = t("An ARN of Bedrock reads arn:aws:bedrock:region:account:inference-profile/id");
    return { kind: "wrong", why };
  }
  const looksLikeId = /^[a-zA-Z0-9][\w.:/-]*$/u.test(id) && (anyId || /[.:/]/u.test(id));
  return looksLikeId ? { kind: "id", id } : { kind: "filter" };
}
