import type { Check } from "./check.ts";
import { checkCache } from "./checks/check-cache.ts";
import { checkCall } from "./checks/check-call.ts";
import { checkCertificate } from "./checks/check-certificate.ts";
import { checkClock } from "./checks/check-clock.ts";
import { checkEndpoint } from "./checks/check-endpoint.ts";
import { checkGuardrail } from "./checks/check-guardrail.ts";
import { checkIdentity } from "./checks/check-identity.ts";
import { checkListing } from "./checks/check-listing.ts";
import { checkModelAccess } from "./checks/check-model-access.ts";
import { checkProxy } from "./checks/check-proxy.ts";
import { checkRegion } from "./checks/check-region.ts";
import { checkTools } from "./checks/check-tools.ts";

/** All of them, in the order in which they are made. */
export const checks: readonly Check[] = [
  checkIdentity,
  checkRegion,
  checkProxy,
  checkCertificate,
  checkEndpoint,
  checkClock,
  checkListing,
  checkModelAccess,
  checkCall,
  checkTools,
  checkCache,
  checkGuardrail,
];
