/** The layers of `src` and what each may import; `extension.ts`, `compose-*.ts` and `headless` put them together. */
const allowed = {
  protocol: [],
  agent: ["protocol"],
  policy: ["agent", "protocol"],
  tools: ["agent", "protocol"],
  bedrock: ["agent", "protocol"],
  chat: ["agent", "protocol"],
  emulator: [],
  vscode: ["chat", "tools", "policy", "agent", "protocol"],
  headless: ["bedrock", "chat", "emulator", "tools", "policy", "agent", "protocol"],
};

/** Composition roots of the extension: what is loaded at once, and what on first use. */
const roots = "^src/(extension|compose-chat|compose-policy|compose-usage)\\.ts$";
const vscodeModule = "^vscode$|node_modules/@types/vscode/";
const aws = "node_modules/(@aws-sdk|@aws|@smithy)/";

const layerRules = Object.entries(allowed).map(([layer, others]) => ({
  name: `layer-${layer}`,
  comment: `${layer} imports ${others.length > 0 ? `${others.join(", ")} only` : "no other layer"}`,
  severity: "error",
  from: { path: `^src/${layer}/` },
  to: { path: "^src/", pathNot: `^src/(${[layer, ...others].join("|")})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: "webview-imports-protocol-only",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^src/", pathNot: "^src/protocol/" },
    },
    {
      name: "roots-are-not-imported",
      comment: "extension.ts, compose-*.ts and headless put the layers together; no layer imports them",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/headless/|${roots}` },
      to: { path: `${roots}|^src/headless/` },
    },
    {
      name: "vscode-module",
      comment: "Only src/vscode and the extension's composition roots know the editor",
      severity: "error",
      from: { path: "^(src|webview)/", pathNot: `^src/vscode/|${roots}` },
      to: { path: vscodeModule },
    },
    {
      name: "aws-at-run-time",
      comment: "AWS code runs in bedrock and emulator; types elsewhere are free",
      severity: "error",
      from: { path: "^(src|webview)/", pathNot: "^src/(bedrock|emulator)/" },
      to: { path: aws, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-node-built-ins",
      comment: "protocol, agent and webview run anywhere",
      severity: "error",
      from: { path: "^(src/(protocol|agent)|webview)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "webview-stays-small",
      comment: "zod and AWS are out of the panel's reach",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: `${aws}|node_modules/zod/`, reachable: true },
    },
    {
      name: "production-imports-no-test",
      severity: "error",
      from: { path: "^(src|webview)/" },
      to: { path: "^(test|scripts)/" },
    },
    {
      name: "unit-tests-without-vscode",
      severity: "error",
      from: { path: "^test/unit/" },
      to: { path: vscodeModule, reachable: true },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(test/fixtures|dist|out)/" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".cjs", ".js", ".json", ".d.ts"] },
  },
};
