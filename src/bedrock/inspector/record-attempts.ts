import type {
  EventStreamMarshaller,
  EventStreamSerdeProvider,
  HandlerExecutionContext,
  MiddlewareStack,
} from "@smithy/types";
import type { BedrockSettings } from "../bedrock-settings.ts";
import type { Attempt, AttemptLog, RecordedRequest } from "./attempt-log.ts";

/** Keeps each call of a client: its last request, signed, the head of the answer, and how the call itself ended. */
export function recordAttempts<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  log: AttemptLog,
  settings: BedrockSettings,
): void {
  const running = new WeakMap<HandlerExecutionContext, Attempt>();
  stack.add(
    (next, context) => async (args) => {
      const operation = (context.commandName ?? "").replace(/Command$/u, "");
      const attempt = log.begin(operation, modelIdOf(args.input), settings);
      running.set(context, attempt);
      try {
        const result = await next(args);
        if (attempt.response !== undefined && operation !== "ConverseStream") {
          attempt.output = result.output;
          log.ended(attempt);
        }
        return result;
      } catch (error) {
        log.ended(attempt, error);
        throw error;
      }
    },
    { step: "initialize", priority: "high", name: "recordAttempt" },
  );
  stack.add(
    (next, context) => async (args) => {
      const attempt = running.get(context);
      if (attempt !== undefined && isRequest(args.request)) log.sent(attempt, args.request);
      const result = await next(args);
      const { response } = result;
      if (attempt !== undefined && isResponse(response)) {
        log.answered(attempt, response.statusCode, response.headers, response.body);
      }
      return result;
    },
    { step: "deserialize", priority: "low", name: "recordAnswer" },
  );
}

/** The frames of a recorded call's answer are kept as they are decoded. */
export function recordingEvents(log: AttemptLog, provider: EventStreamSerdeProvider): EventStreamSerdeProvider {
  return (options) => {
    const inner: EventStreamMarshaller = provider(options);
    return {
      serialize: (input, serializer) => inner.serialize(input, serializer),
      deserialize: (body, deserializer) => {
        const attempt = log.attemptOf(body);
        if (attempt === undefined) return inner.deserialize(body, deserializer);
        const events = inner.deserialize(body, (frames) => {
          for (const [name, frame] of Object.entries(frames)) log.event(attempt, name, frame);
          return deserializer(frames);
        });
        return untilEnded(events, attempt, log);
      },
    };
  };
}

async function* untilEnded<Event>(
  events: AsyncIterable<Event>,
  attempt: Attempt,
  log: AttemptLog,
): AsyncGenerator<Event> {
  try {
    yield* events;
    log.ended(attempt);
  } catch (error) {
    log.ended(attempt, error);
    throw error;
  }
}

function modelIdOf(input: unknown): string {
  return typeof input === "object" && input !== null && "modelId" in input ? String(input.modelId) : "";
}

function isRequest(value: unknown): value is RecordedRequest {
  return typeof value === "object" && value !== null && "hostname" in value && "headers" in value && "path" in value;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function isResponse(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && "statusCode" in value && "headers" in value;
}
