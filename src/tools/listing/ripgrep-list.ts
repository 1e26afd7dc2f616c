import { IgnoreRules } from "../ignore-rules.ts";
import { listArguments } from "../ripgrep-arguments.ts";
import { isLeftOut, plainPath } from "../ripgrep-paths.ts";
import { runRipgrep } from "../ripgrep-process.ts";
import type { ListEngine, ListRequest } from "./list-engine.ts";

/** The engine over a ripgrep binary, `rg --files`. */
export function ripgrepList(binary: string): ListEngine {
  return async (request, signal) => {
    const { root, deadline } = request;
    const run = { binary, arguments: listArguments(request), root, signal, deadline };
    const { items, ...rest } = await runRipgrep(run, (output) => collect(output, request));
    return { paths: items, ...rest };
  };
}

async function collect(
  output: AsyncIterable<Buffer>,
  request: ListRequest,
): Promise<{ readonly items: readonly string[]; readonly isFull: boolean }> {
  const items: string[] = [];
  const rules = new IgnoreRules();
  for await (const name of endedByNul(output)) {
    const path = plainPath(name);
    if (await isLeftOut(path, request, rules)) continue;
    if (items.length === request.mostFiles) return { items, isFull: true };
    items.push(path);
  }
  return { items, isFull: false };
}

/** A name that the end of the process cut short is none. */
async function* endedByNul(output: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  for await (const chunk of output) {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      yield Buffer.concat([...pieces, chunk.subarray(from, end)]).toString();
      pieces = [];
      from = end + 1;
    }
    pieces.push(chunk.subarray(from));
  }
}
