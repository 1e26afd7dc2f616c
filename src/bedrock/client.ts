import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { addHeaders } from "./add-headers.ts";
import type { BedrockSettings } from "./bedrock-settings.ts";
import { regionOf } from "./client-region.ts";
import { authenticate, unsigned } from "./credentials.ts";
import { examineResponse } from "./examine-response.ts";
import { clientProfile } from "./identity/environment-profile.ts";
import type { AttemptLog } from "./inspector/attempt-log.ts";
import { recordAttempts, recordingEvents } from "./inspector/record-attempts.ts";
import { clientTransport } from "./network/client-transport.ts";
import { longestSilence } from "./silence-limits.ts";
import { notingUnknownParts } from "./unknown-parts.ts";

export type RequestHandler = NonNullable<BedrockRuntimeClientConfig["requestHandler"]>;

/**
 * The one place where a runtime client is made. HTTP/1.1 (`clientTransport`): the SDK's default HTTP/2 handler turns resets and
 * aborts into a clean end of the stream, opens a connection per call and bypasses VS Code's proxy. One attempt: retries are
 * ours. `requestHandler` replaces the network (the demo), which needs no identity. `attempts` keeps what goes over the wire.
 * Throws a `ModelError` of kind `configuration`.
 */
export function createClient(
  settings: BedrockSettings,
  requestHandler?: RequestHandler,
  attempts?: AttemptLog,
): BedrockRuntimeClient {
  const { endpoint, network, profile } = settings;
  // A backstop behind our watchdogs, which speak first.
  const socketTimeout = longestSilence(settings) + 30_000;
  const client = new BedrockRuntimeClient({
    ...regionOf(settings),
    ...(settings.authentication !== "none" && clientProfile(profile, process.env)),
    ...(requestHandler === undefined
      ? { ...clientTransport({ endpoint, network, profile, socketTimeout }), ...authenticate(settings, process.env) }
      : { ...(endpoint !== undefined && { endpoint }), requestHandler, ...unsigned }),
    maxAttempts: 1,
    eventStreamSerdeProvider:
      attempts === undefined ? notingUnknownParts : recordingEvents(attempts, notingUnknownParts),
    userAgentAppId: "outcrop",
  });
  client.middlewareStack.add(addHeaders(settings.requestHeaders ?? {}), { step: "build", name: "addHeaders" });
  client.middlewareStack.add(examineResponse(), { step: "deserialize", priority: "low", name: "examineResponse" });
  if (attempts !== undefined) recordAttempts(client.middlewareStack, attempts, settings);
  return client;
}
