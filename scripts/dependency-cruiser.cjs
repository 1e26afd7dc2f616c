/** The layers of `src` and what each may import; `extension.ts` and `headless` put them together. */
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
      comment: "extension.ts and headless put the layers together; nothing in src imports them",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/headless/" },
      to: { path: "^src/(extension\\.ts$|headless/)" },
    },
    {
      name: "vscode-module",
      comment: "Only src/vscode and extension.ts know the editor",
      severity: "error",
      from: { path: "^(src|webview)/", pathNot: "^src/(vscode/|extension\\.ts$)" },
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
      to: { path: `${vscodeModule}|^src/vscode/|^src/extension\\.ts$`, reachable: true },
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
