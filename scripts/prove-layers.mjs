import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { childEnvironment, nodeExecutable, repositoryRoot } from "./paths.mjs";
import { runToEnd } from "./processes.mjs";

/** @typedef {{ readonly from: string, readonly rule: { readonly name: string }, readonly cycle?: readonly { readonly name: string }[] }} Found */
/** @typedef {{ readonly rule: string, readonly file: string, readonly source: string }} Violation */

const target = "planted-target.ts";
const layers = ["protocol", "agent", "policy", "tools", "bedrock", "chat", "emulator", "vscode", "headless"];

/**
 * One forbidden import for each rule of dependency-cruiser.cjs, and both ways of importing where they differ.
 * @type {readonly Violation[]}
 */
const violations = [
  ...[
    ["protocol", "agent"],
    ["agent", "policy"],
    ["policy", "tools"],
    ["tools", "vscode"],
    ["bedrock", "chat"],
    ["chat", "tools"],
    ["emulator", "protocol"],
    ["vscode", "bedrock"],
    ["headless", "vscode"],
  ].map(([from, to]) =>
    violation(`layer-${from}`, `src/${from}/planted-layer.ts`, `import type { planted } from "../${to}/${target}"`),
  ),
  violation("webview-imports-protocol-only", "webview/planted-layer.ts", `import "../src/agent/${target}"`),
  violation("roots-are-not-imported", "src/vscode/planted-root.ts", `import "../headless/${target}"`),
  violation("vscode-module", "src/chat/planted-vscode.ts", 'import "vscode"'),
  violation("vscode-module", "src/tools/planted-vscode.ts", 'import type { Uri } from "vscode"'),
  violation("aws-at-run-time", "src/chat/planted-aws.ts", 'import "@aws-sdk/client-bedrock-runtime"'),
  violation("no-node-built-ins", "src/protocol/planted-built-in.ts", 'import "node:fs"'),
  violation("no-node-built-ins", "src/agent/planted-built-in.ts", 'import { join } from "node:path"'),
  violation("no-node-built-ins", "webview/planted-built-in.ts", 'import "node:fs"'),
  violation("webview-stays-small", "webview/planted-zod.ts", 'import "./planted-reach.ts"'),
  violation("production-imports-no-test", "src/policy/planted-test.ts", `import "../../test/support/${target}"`),
  violation("unit-tests-without-vscode", "test/unit/planted-vscode.ts", 'import "../../src/vscode/planted-editor.ts"'),
  violation("no-cycles", "src/tools/planted-cycle.ts", 'import type { planted } from "./planted-cycle-back.ts"'),
];

/** What the violations need to be there. @type {Readonly<Record<string, string>>} */
const supports = {
  ...Object.fromEntries(layers.map((layer) => [`src/${layer}/${target}`, "export const planted = 1;\n"])),
  [`test/support/${target}`]: "export const planted = 1;\n",
  "src/vscode/planted-editor.ts": 'import "vscode";\n',
  "webview/planted-reach.ts": 'import * as z from "zod";\nexport const planted = z;\n',
  "src/tools/planted-cycle-back.ts": 'import "./planted-cycle.ts";\nexport const planted = 1;\n',
};

/**
 * Plants each violation in a copy of the tree and looks whether the rules reject it.
 * @returns {Promise<readonly { readonly name: string, readonly rejected: boolean }[]>}
 */
export async function proveLayers() {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-layers-"));
  try {
    copyTree(folder);
    for (const [file, source] of Object.entries(supports)) write(folder, file, source);
    for (const { file, source } of violations) write(folder, file, source);
    const found = await cruise(folder);
    return violations.map(({ rule, file, source }) => ({
      name: `${rule} rejects ${source.trim()} in ${file}`,
      rejected: found.has(`${rule} ${file}`),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} rule @param {string} file @param {string} source @returns {Violation} */
function violation(rule, file, source) {
  return { rule, file, source: `${source};\n` };
}

/** @param {string} folder */
function copyTree(folder) {
  for (const name of [
    "package.json",
    "src",
    "webview",
    "test/support",
    "test/unit",
    "scripts/dependency-cruiser.cjs",
  ]) {
    const from = join(repositoryRoot, name);
    if (existsSync(from)) cpSync(from, join(folder, name), { recursive: true });
  }
  symlinkSync(join(repositoryRoot, "node_modules"), join(folder, "node_modules"), "junction");
}

/** @param {string} folder @param {string} file @param {string} source */
function write(folder, file, source) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), source);
}

/** @param {string} folder @returns {Promise<ReadonlySet<string>>} `rule file` of every violation found */
async function cruise(folder) {
  const report = join(folder, "report.json");
  const { code, output } = await runToEnd(
    nodeExecutable(),
    [
      join(repositoryRoot, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs"),
      ...["--config", "scripts/dependency-cruiser.cjs", "--output-type", "json", "--output-to", report],
      ...["src", "webview", "test/unit", "test/support"],
    ],
    { cwd: folder, env: childEnvironment() },
  );
  if (!existsSync(report)) throw new Error(`dependency-cruiser failed (exit code ${code}): ${output}`);
  /** @type {{ readonly summary: { readonly violations: readonly Found[] } }} */
  const { summary } = JSON.parse(readFileSync(report, "utf8"));
  return new Set(
    summary.violations.flatMap(({ from, rule, cycle = [] }) =>
      // A cycle is reported once, from whichever of its files comes first.
      [from, ...cycle.map(({ name }) => name)].map((file) => `${rule.name} ${file}`),
    ),
  );
}
