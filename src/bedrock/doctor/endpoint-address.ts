import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { type HttpRequest, HttpResponse } from "@smithy/core/transport";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { createClient, type RequestHandler } from "../client.ts";

/**
 * Where requests with these settings go, as the SDK itself decides: from the settings, `AWS_ENDPOINT_URL…`, the profile or
 * the region's rules. Nothing is sent. Rejects where there is no address, as without a region.
 */
export async function endpointAddress(settings: BedrockSettings): Promise<URL> {
  let address: URL | undefined;
  const capture: RequestHandler = {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (request: HttpRequest) => {
      const { protocol, hostname, port, path } = request;
      const base = path.slice(0, Math.max(0, path.lastIndexOf("/model/")));
      address = new URL(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${base}`);
      return { response: new HttpResponse({ statusCode: 204 }) };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  const client = createClient(settings, capture);
  try {
    await client.send(new ConverseCommand({ modelId: "none", messages: [] }));
  } catch (error) {
    if (address === undefined) throw error;
  } finally {
    client.destroy();
  }
  if (address === undefined) throw new Error("The AWS SDK named no address.");
  return address;
}
