import { clientTransport } from "../network/client-transport.ts";
import type { NetworkSettings } from "../network/network-settings.ts";

/** Longest silence of STS and IAM Identity Center, in milliseconds: a sign-in is answered or fails. */
const socketTimeout = 30_000;

/**
 * What the clients of STS and IAM Identity Center have in common, also those that the SDK's providers make: they travel as
 * every client does, by the same proxy and authorities.
 */
export function serviceClient(network: NetworkSettings | undefined, profile: string | undefined) {
  return { ...clientTransport({ network, profile, socketTimeout }), maxAttempts: 3, userAgentAppId: "outcrop" };
}
