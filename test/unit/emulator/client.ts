import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";

type ClientOptions = ConstructorParameters<typeof BedrockRuntimeClient>[0];

export const claude = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

/** A real SDK client with dummy keys and no retries. */
export function makeClient(options: ClientOptions): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example-secret" },
    authSchemePreference: ["sigv4"],
    maxAttempts: 1,
    ...options,
  });
}

/** The same over HTTP/1.1 to an endpoint. `tls` trusts any certificate. */
export function makeWireClient(endpoint: string, options: ClientOptions = {}): BedrockRuntimeClient {
  const requestHandler = new NodeHttpHandler({ httpsAgent: { rejectUnauthorized: false } });
  return makeClient({ endpoint, requestHandler, ...options });
}

/** Sends one user message and collects the stream's events. */
export async function converse(
  client: BedrockRuntimeClient,
  text = "Hello",
  abortSignal?: AbortSignal,
): Promise<ConverseStreamOutput[]> {
  const command = new ConverseStreamCommand({
    modelId: claude,
    messages: [{ role: "user", content: [{ text }] }],
  });
  const response = await client.send(command, abortSignal === undefined ? {} : { abortSignal });
  const events: ConverseStreamOutput[] = [];
  for await (const event of response.stream ?? []) {
    events.push(event);
  }
  return events;
}

/** The text of all text deltas. */
export function textOf(events: readonly ConverseStreamOutput[]): string {
  return events.map((event) => event.contentBlockDelta?.delta?.text ?? "").join("");
}
