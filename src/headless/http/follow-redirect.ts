import { ToolError } from "../../agent/tool.ts";
import type { HttpAnswer, HttpRequest } from "../../tools/http/http-client.ts";

/**
 * The request that a redirect asks for; undefined where the answer is none. Throws a `ToolError` for one to another host,
 * or from https to http: what the request carries is meant for the server that the user named.
 */
export function followRedirect(request: HttpRequest, { status, headers }: HttpAnswer): HttpRequest | undefined {
  const location = headers["location"];
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const from = new URL(request.url);
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (to === undefined) throw new ToolError(`The server redirects (HTTP ${status}) to what is no address.`);
  const isSame = to.host === from.host && (to.protocol === from.protocol || to.protocol === "https:");
  if (!isSame) {
    throw new ToolError(
      `The server redirects (HTTP ${status}) to ${to.protocol}//${to.host}, which is another host. That is not followed.`,
    );
  }
  const url = to.href;
  const becomesGet = status === 303 || (request.method === "POST" && (status === 301 || status === 302));
  if (!becomesGet || request.method === "HEAD") return { ...request, url };
  const { "content-type": _, "idempotency-key": __, ...others } = request.headers;
  return { method: "GET", url, headers: others };
}
