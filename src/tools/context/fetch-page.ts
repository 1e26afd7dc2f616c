import * as z from "zod";
import { defineTool, type Tool, ToolError, textResult } from "../../agent/tool.ts";
import { wellFormed } from "../../agent/well-formed.ts";
import { t } from "../../protocol/localize.ts";
import { HeadAndTail } from "../head-and-tail.ts";
import type { HttpAnswer, HttpClient } from "../http/http-client.ts";
import { RESULT_SIZE, sizeLimit } from "../result-size.ts";
import { pageText } from "./page-text.ts";

const pageTimeMs = 30_000;
const mostBytes = 2_000_000;

/** Fetches one page as text. The user's own wish, so the model is never offered it; the policy asks all the same. */
export function createFetchPage(client: HttpClient): Tool {
  return defineTool({
    name: "fetch_page",
    description: "Fetches a page that the user names, as text.",
    input: z.object({ url: z.string() }).strict(),
    effect: "network",
    limits: [sizeLimit(), `${pageTimeMs / 1000} seconds`],
    streamingTitle: t("Fetch a page"),
    prepare({ url: written }) {
      const { href: url, host } = checkAddress(written);
      return {
        title: t("Fetching {0}", host),
        effect: "network",
        targets: [],
        request: { method: "GET", url, template: url, access: "read" },
        subject: {
          question: t("Fetch a page from {0} and attach its text?", host),
          details: [{ label: t("Address"), value: url }],
        },
        timeoutMs: pageTimeMs,
        async run({ signal }) {
          const headers = { accept: "text/html, text/*, application/json;q=0.9, */*;q=0.1", "user-agent": "outcrop" };
          const limit = AbortSignal.any([signal, AbortSignal.timeout(pageTimeMs)]);
          const answer = await send(client, { method: "GET", url, headers }, limit, host);
          return { content: textResult(textOf(answer, host)), title: t("Fetched {0}", host) };
        },
      };
    },
  });
}

/** Throws a `ToolError` for what is no address of the web, or carries a password. */
export function checkAddress(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol))
    throw new ToolError(t("Only http and https addresses can be fetched."));
  if (url.username !== "" || url.password !== "")
    throw new ToolError(t("An address with a user name or password is not fetched."));
  return url;
}

async function send(
  client: HttpClient,
  request: Parameters<HttpClient["send"]>[0],
  signal: AbortSignal,
  host: string,
): Promise<HttpAnswer> {
  try {
    return await client.send(request, { signal, mostBytes });
  } catch (error) {
    if (error instanceof ToolError) throw error;
    throw new ToolError(
      t("{0} could not be reached: {1}.", host, error instanceof Error ? error.message : String(error)),
    );
  }
}

function textOf({ status, statusText, headers, body, isCut }: HttpAnswer, host: string): string {
  if (status < 200 || status >= 300)
    throw new ToolError(t("{0} answered HTTP {1}.", host, `${status} ${statusText}`.trim()));
  const type = headers["content-type"] ?? "text/html";
  if (!/^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript))/iu.test(type)) {
    throw new ToolError(t("{0} answered with {1}, which is no text.", host, type.split(";")[0] ?? ""));
  }
  const [, charset = "utf-8"] = /charset="?([\w.:-]+)/iu.exec(type) ?? [];
  const decoded = wellFormed(decode(body, charset));
  const text = /html/iu.test(type) ? pageText(decoded) : decoded;
  const head = Math.floor(RESULT_SIZE * 0.8);
  const kept = new HeadAndTail(head, RESULT_SIZE - head - 200);
  kept.push(text);
  return isCut ? `${kept.text()}\n… (the page goes on, which was not read)` : kept.text();
}

function decode(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
