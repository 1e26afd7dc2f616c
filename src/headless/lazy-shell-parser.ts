import { createRequire } from "node:module";
import { dirname } from "node:path";
import { loadShellParser, type ShellParser } from "../policy/commands/shell-parser.ts";

/** Loads the parser when the first command line comes. Where it cannot be loaded, no line is understood and all ask. */
export function lazyShellParser(): () => Promise<ShellParser | undefined> {
  let loading: Promise<ShellParser | undefined> | undefined;
  return () => {
    const wasmFolder = dirname(createRequire(import.meta.url).resolve("@vscode/tree-sitter-wasm"));
    loading ??= loadShellParser({ wasmFolder }).catch((error: unknown) => {
      process.stderr.write(`The shell parser cannot be loaded: ${String(error)}\n`);
      return undefined;
    });
    return loading;
  };
}
