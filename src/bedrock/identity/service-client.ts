import { NodeHttpHandler } from "@smithy/node-http-handler";

/** HTTP/1.1, so that VS Code's proxy and certificates count, and limits within which a sign-in is answered or fails. */
function serviceHandler(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 10_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
}

/** What the clients of STS and IAM Identity Center have in common, also those that the SDK's providers make. */
export function serviceClient() {
  return { requestHandler: serviceHandler(), maxAttempts: 3, userAgentAppId: "outcrop" } as const;
}
