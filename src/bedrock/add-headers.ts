import type { BuildMiddleware } from "@smithy/types";
import type { RequestHeaders } from "./bedrock-settings.ts";

/** Puts the headers on every request of a client, before it is signed. */
export function addHeaders<Input extends object, Output extends object>(
  headers: RequestHeaders,
): BuildMiddleware<Input, Output> {
  return (next) => (args) => {
    const { request } = args;
    if (isHttpRequest(request)) Object.assign(request.headers, headers);
    return next(args);
  };
}

function isHttpRequest(value: unknown): value is { readonly headers: Record<string, string> } {
  return typeof value === "object" && value !== null && "headers" in value && typeof value.headers === "object";
}
