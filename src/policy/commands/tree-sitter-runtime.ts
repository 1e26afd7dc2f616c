type Runtime = typeof import("@vscode/tree-sitter-wasm");

/**
 * The parser's runtime, a CommonJS module: Node hands out its exports as `default`, a bundle by name as well. Its types
 * know only the names, so this is the one place that asserts them.
 */
export async function importTreeSitter(): Promise<Runtime> {
  const loaded: object = await import("@vscode/tree-sitter-wasm");
  return ("Parser" in loaded ? loaded : "default" in loaded ? loaded.default : loaded) as Runtime;
}
