import { findAssignedSecrets } from "./assigned-secrets.ts";
import { awsShapes } from "./aws-shapes.ts";
import { findNearbySecrets } from "./nearby-secrets.ts";
import { findPrivateKeys } from "./private-keys.ts";
import type { SecretSpan } from "./secret-span.ts";
import { findShape } from "./token-shape.ts";
import { vendorShapes } from "./vendor-shapes.ts";
import { webShapes } from "./web-shapes.ts";

/** All that looks like a secret, the most telling kinds first; spans may overlap. Time grows linearly with the text. */
export function findSecrets(text: string): readonly SecretSpan[] {
  return [
    ...findPrivateKeys(text),
    ...[...vendorShapes, ...awsShapes, ...webShapes].flatMap((shape) => findShape(text, shape)),
    ...findAssignedSecrets(text),
    ...findNearbySecrets(text),
  ];
}
