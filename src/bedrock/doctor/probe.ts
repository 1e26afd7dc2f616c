import { HttpRequest } from "@smithy/core/transport";
import type { ModelError } from "../../agent/model.ts";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { classifyError } from "../classify-error.ts";
import { clientTransport } from "../network/client-transport.ts";
import { resolveEndpoint } from "../network/resolve-endpoint.ts";

/** What came of one request to the endpoint that asks for nothing, carries no credentials and costs nothing. */
export type Probe =
  | {
      readonly reached: true;
      readonly address: URL;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** The service's `Date` minus this computer's clock, in milliseconds; undefined where the answer has no date. */
      readonly clockOffsetMs: number | undefined;
    }
  | { readonly reached: false; readonly address: URL; readonly failure: ModelError; readonly code: string | undefined };

/** Rejects only where there is no address, or the signal aborts. */
export async function probeEndpoint(settings: BedrockSettings, signal: AbortSignal): Promise<Probe> {
  const address = await resolveEndpoint(settings);
  const { requestHandler: handler } = clientTransport({ ...settings, socketTimeout: 30_000 });
  const { protocol, hostname, port } = address;
  const request = new HttpRequest({
    method: "GET",
    protocol,
    hostname,
    ...(port !== "" && { port: Number(port) }),
    path: `${address.pathname.replace(/\/$/u, "")}/`,
    headers: { host: address.host },
  });
  const sentAt = Date.now();
  try {
    const { response } = await handler.handle(request, { abortSignal: signal });
    const receivedAt = Date.now();
    response.body?.destroy?.();
    const { statusCode: status, headers } = response;
    const date = Date.parse(headers["date"] ?? "");
    // The header has whole seconds: on average the service's clock is half a second further.
    const clockOffsetMs = Number.isNaN(date) ? undefined : date + 500 - (sentAt + receivedAt) / 2;
    return { reached: true, address, status, headers, clockOffsetMs };
  } catch (error) {
    signal.throwIfAborted();
    const { modelId, region, endpoint } = settings;
    const failure = classifyError(error, { modelId, region, endpoint, requestId: undefined });
    return { reached: false, address, failure, code: codeOf(error) };
  } finally {
    handler.destroy();
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
