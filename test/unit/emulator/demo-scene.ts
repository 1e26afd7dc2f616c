import { createDemoModel } from "../../../src/emulator/demo/demo-model.ts";
import { type Tools, workspaceTools } from "./demo-workspace.ts";

export const files = {
  "README.md": "# Parcel notifier\n\nTells people where their parcel is.\n\nThe retry delay doubles.\n\n## Setup\n",
  "package.json": '{"name":"parcel","version":"1.2.0","scripts":{"test":"node --test"},"dependencies":{"zod":"4"}}',
  "src/http/client.ts":
    'import { retryDelayMilliseconds } from "./retry-delay.ts";\n\nawait sleep(retryDelayMilliseconds(attempt));',
  "src/http/retry-delay.ts":
    "const base = 100;\n\n/** How long to wait. */\nexport function retryDelayMilliseconds(attempt: number): number {\n  return base * 2 ** attempt;\n}\n",
};
const failingRun = `Task "test" finished with exit code 1
✔ finds a parcel (0.8ms)
✖ delivers on the last day (2.3ms)
ℹ tests 12
ℹ pass 11
ℹ fail 1

✖ failing tests:

✖ delivers on the last day (2.3ms)
  AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:`;
export const tools: Tools = {
  ...workspaceTools(files),
  run_task: ({ label }) => (label === undefined ? "- test (Workspace) node --test\n- npm: lint (npm)" : failingRun),
};
export const search = (pattern: string, regex = true) => ({
  name: "search_files",
  input: { pattern, regex, caseSensitive: false, maxResults: 50 },
});
export const read = (path: string, startLine: number, endLine: number) => ({
  name: "read_file",
  input: { path, startLine, endLine },
});
export const run = (label: string) => ({ name: "run_task", input: { label } });
export const model = () => createDemoModel();
