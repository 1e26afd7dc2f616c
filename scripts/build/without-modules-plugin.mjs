/**
 * Leaves modules empty that a dependency imports for features which are switched off, so that nothing of them is ever called.
 * @param {readonly string[]} names as they are imported
 * @returns {import("esbuild").Plugin}
 */
export function withoutModules(names) {
  const namespace = "without-modules";
  return {
    name: namespace,
    setup: (build) => {
      build.onResolve({ filter: /^[\w.-]+$/ }, ({ path }) => (names.includes(path) ? { path, namespace } : undefined));
      build.onLoad({ filter: /.*/, namespace }, () => ({ contents: "module.exports = {};", loader: "js" }));
    },
  };
}
