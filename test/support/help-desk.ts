import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/paths.mjs";

/** What a caller of the help desk has to know. */
export const deskKey = "desk-key-4f1c9d2e7b";

export interface HelpDesk {
  readonly port: number;
  /** Method and address of each request, in the order in which they came. */
  readonly requests: readonly string[];
  /** The most requests that were open at one time. */
  readonly mostAtOnce: () => number;
  /** Dates to which a pickup was really moved, each once for every time it was. */
  readonly moved: readonly string[];
  /** Idempotency keys of the pickups, as they came. */
  readonly keys: readonly string[];
  /** Writes the OpenAPI document of this server to a folder, and returns its path. */
  document(folder: string): Promise<string>;
  close(): Promise<void>;
}

export interface HelpDeskOptions {
  /** So many pickups are moved without an answer: the connection is lost before it. */
  readonly lostAnswers?: number;
  /** Requests for a status wait for each other until so many are there. */
  readonly together?: number;
}

/**
 * The API of test/fixtures/help-desk/openapi.yaml: SHP-1404 is not known, SHP-1500 is never answered; a pickup is moved
 * once for each key.
 */
export async function startHelpDesk({ lostAnswers = 0, together = 1 }: HelpDeskOptions = {}): Promise<HelpDesk> {
  const requests: string[] = [];
  const moved: string[] = [];
  const keys: string[] = [];
  const done = new Map<string, string>();
  let [open, most, lost] = [0, 0, lostAnswers];
  let waiting: (() => void)[] = [];

  const answer = (response: ServerResponse, status: number, body: unknown): void =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const untilTogether = async (): Promise<void> => {
    if (open >= together) {
      for (const go of waiting) go();
      waiting = [];
    } else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const status = async (id: string, response: ServerResponse): Promise<void> => {
    await untilTogether();
    if (id === "SHP-1500") return;
    if (id === "SHP-1404") return answer(response, 404, { error: `There is no shipment ${id}.` });
    answer(response, 200, { id, state: "in transit", key: deskKey });
  };
  const pickup = (id: string, request: IncomingMessage, body: string, response: ServerResponse): void => {
    const key = String(request.headers["idempotency-key"]);
    keys.push(key);
    const { date } = JSON.parse(body);
    if (!done.has(key)) {
      moved.push(date);
      done.set(key, JSON.stringify({ id, date, confirmation: `PU-${moved.length}` }));
    }
    if (lost-- > 0) return void response.socket?.destroy();
    answer(response, 200, JSON.parse(done.get(key) ?? ""));
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    most = Math.max(most, ++open);
    response.once("close", () => open--);
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const { pathname, searchParams } = new URL(request.url ?? "", "http://desk");
    requests.push(`${request.method} ${request.url}`);
    const [, id = "", what] = /^\/v1\/shipments\/([^/]+)\/(status|pickup)$/u.exec(pathname) ?? [];
    if (request.headers.authorization !== `Bearer ${deskKey}`) answer(response, 401, { error: "Who are you?" });
    else if (what === "status") await status(id, response);
    else if (what === "pickup") pickup(id, request, body, response);
    else answer(response, 200, { articles: [{ title: `About ${searchParams.get("query")}` }] });
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    ...{ port, requests, moved, keys },
    mostAtOnce: () => most,
    document: async (folder) => {
      const text = await readFile(join(repositoryRoot, "test/fixtures/help-desk/openapi.yaml"), "utf8");
      const path = join(folder, "openapi.yaml");
      await writeFile(path, text.replace('"8080"', `"${port}"`));
      return path;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
