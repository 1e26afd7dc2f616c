import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { addHeaders } from "./add-headers.ts";
import { type BedrockSettings, isAwsEndpoint } from "./bedrock-settings.ts";
import { configurationError } from "./configuration-error.ts";
import { authenticate, unsigned } from "./credentials.ts";
import { examineResponse } from "./examine-response.ts";
import type { AttemptLog } from "./inspector/attempt-log.ts";
import { recordAttempts, recordingEvents } from "./inspector/record-attempts.ts";
import { longestSilence } from "./silence-limits.ts";
import { notingUnknownParts } from "./unknown-parts.ts";

export type RequestHandler = NonNullable<BedrockRuntimeClientConfig["requestHandler"]>;

/**
 * The one place where a runtime client is made. HTTP/1.1: the SDK's default HTTP/2 handler turns resets and aborts
 * into a clean end of the stream, opens a connection per call and bypasses VS Code's proxy. One attempt: retries are
 * ours. `requestHandler` replaces the network (the demo), which needs no identity. `attempts` keeps what goes over the wire. Throws a `ModelError` of kind `configuration`.
 */
export function createClient(
  settings: BedrockSettings,
  requestHandler?: RequestHandler,
  attempts?: AttemptLog,
): BedrockRuntimeClient {
  if (settings.endpoint !== undefined && !isHttpUrl(settings.endpoint)) {
    throw configurationError(
      `The endpoint "${settings.endpoint}" is not an http or https URL: set outcrop.endpoint, or leave it empty.`,
      ["open-settings"],
    );
  }
  const client = new BedrockRuntimeClient({
    ...regionOf(settings),
    ...(settings.profile !== undefined && settings.authentication !== "none" && { profile: settings.profile }),
    ...(settings.endpoint !== undefined && { endpoint: settings.endpoint.replace(/\/+$/, "") }),
    ...(requestHandler === undefined ? authenticate(settings, process.env) : unsigned),
    maxAttempts: 1,
    requestHandler: requestHandler ?? createHandler(settings),
    eventStreamSerdeProvider:
      attempts === undefined ? notingUnknownParts : recordingEvents(attempts, notingUnknownParts),
    userAgentAppId: "outcrop",
  });
  client.middlewareStack.add(addHeaders(settings.requestHeaders ?? {}), { step: "build", name: "addHeaders" });
  client.middlewareStack.add(examineResponse(), { step: "deserialize", priority: "low", name: "examineResponse" });
  if (attempts !== undefined) recordAttempts(client.middlewareStack, attempts, settings);
  return client;
}

/** The socket's own time limit is a backstop behind our watchdogs, which speak first. */
export function createHandler(settings: BedrockSettings): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 15_000,
    socketTimeout: longestSilence(settings) + 30_000,
    // The handler's own warnings would go to the console of the extension host.
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
}

/** A gateway decides the region by itself; signing still needs one. */
export function regionOf({ region, endpoint, profile, authentication }: BedrockSettings): { region?: string } {
  if (region !== undefined) return { region };
  if (authentication === "none") return { region: "us-east-1" };
  if (!isAwsEndpoint(endpoint) && profile === undefined && !process.env["AWS_REGION"]) return { region: "us-east-1" };
  return {};
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
