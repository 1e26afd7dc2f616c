import { once } from "node:events";
import { Readable } from "node:stream";
import type { DeserializeMiddleware, HttpResponse } from "@smithy/types";

const mostBytes = 64 * 1024;

/**
 * Reads what is no answer of Bedrock before the SDK tries to, which would leave only a parser's complaint: pages of
 * proxies and gateways, and whole bodies where an event stream was asked for.
 */
export function examineResponse<Input extends object, Output extends object>(): DeserializeMiddleware<Input, Output> {
  return (next, context) => async (args) => {
    const result = await next(args);
    const { response } = result;
    if (!isHttpResponse(response)) return result;
    const contentType = (header(response, "content-type") ?? "").toLowerCase();
    const isPage = /^text\/html|^application\/xhtml/u.test(contentType);
    const isWhole = response.statusCode === 200 && context["commandName"] === "ConverseStreamCommand";
    const isSuspect = isWhole && /^text\/|^application\/(?:json|xml|problem)/u.test(contentType);
    if (isPage || (isSuspect && !(await beginsAsFrame(response.body)))) {
      const body = await readStart(response.body);
      const text = isPage ? pageTitle(body) : body.trim().slice(0, 200);
      throw foreignAnswer(response, `${contentType.split(";")[0]}: ${text || "nothing more"}`);
    }
    return result;
  };
}

/** A gateway may name the wrong type; a frame begins with its length, whose first byte is 0, and a text never does. */
async function beginsAsFrame(body: unknown): Promise<boolean> {
  if (!(body instanceof Readable)) return false;
  if (body.readableLength === 0 && !body.readableEnded) await once(body, "readable");
  const first: unknown = body.read(1);
  if (!(first instanceof Uint8Array)) return false;
  body.unshift(first);
  return first[0] === 0;
}

/** Made as the SDK makes its own errors, so that they are read alike. */
function foreignAnswer(response: HttpResponse, message: string): Error {
  const { statusCode: httpStatusCode } = response;
  const $metadata = { httpStatusCode, requestId: header(response, "x-amzn-requestid") };
  const error = Object.assign(new Error(message), { name: "ForeignAnswer", $metadata });
  return Object.defineProperty(error, "$response", { value: response, enumerable: false });
}

function isHttpResponse(value: unknown): value is HttpResponse {
  return typeof value === "object" && value !== null && "statusCode" in value && "headers" in value;
}

function header({ headers }: HttpResponse, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    parts.push(part);
    length += part.length;
    if (length >= mostBytes) break;
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The title says what happened; without one the words of the page do. */
function pageTitle(html: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/iu.exec(html)?.[1]?.trim();
  return (
    title ||
    html
      .replace(/<[^>]*>/gu, " ")
      .replace(/\s+/gu, " ")
      .trim()
      .slice(0, 200)
  );
}
