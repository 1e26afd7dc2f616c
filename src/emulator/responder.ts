import type { Reply } from "./script-schema.ts";
import type { ConverseRequest } from "./validation/request-shape.ts";

export type { ConverseRequest } from "./validation/request-shape.ts";

/** A valid Converse or ConverseStream request on its way to the emulated model. */
export interface ConverseCall {
  readonly operation: "converse-stream" | "converse";
  /** As the client named it: a model id, an inference profile id or an ARN. */
  readonly modelId: string;
  readonly request: ConverseRequest;
}

/** The emulated model in code: answers a request, or `undefined` when it has nothing left to say (404). */
export type Responder = (call: ConverseCall) => Reply | undefined;
