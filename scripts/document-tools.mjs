import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { everyTool } from "../test/support/every-tool.ts";
import { repositoryRoot } from "./paths.mjs";
import { say } from "./stages.mjs";
import { renderTools } from "./tools-document/render-tools.mjs";

const path = join(repositoryRoot, "docs", "tools.md");
const text = renderTools(everyTool());
const isNew = readFileSync(path, { encoding: "utf8", flag: "a+" }) !== text;
if (isNew) writeFileSync(path, text);
say(isNew ? "docs/tools.md is written." : "docs/tools.md is up to date.");
