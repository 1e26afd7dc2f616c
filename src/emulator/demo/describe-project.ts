import * as z from "zod";
import { type Ask, answer, needs, type Progress, type ToolOutcome } from "./progress.ts";
import { parseReadResult } from "./tool-results.ts";

const readme = { name: "read_file", input: { path: "README.md" } };
const manifest = { name: "read_file", input: { path: "package.json" } };

const manifestSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  description: z.string().optional(),
  scripts: z.record(z.string(), z.string()).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
});

/** Reads README.md and package.json together and says what they tell. */
export function describeProject(ask: Ask): Progress {
  const outcomes = { readme: ask(readme), manifest: ask(manifest) };
  const missing = [
    ...(outcomes.readme === undefined ? [readme] : []),
    ...(outcomes.manifest === undefined ? [manifest] : []),
  ];
  if (missing.length > 0) {
    return needs("read", "Let me read the README and the package manifest.", ...missing);
  }
  const told = [fromReadme(outcomes.readme), fromManifest(outcomes.manifest)].filter((text) => text !== "");
  return told.length > 0
    ? answer(...told)
    : answer(
        "I could read neither `README.md` nor `package.json` here, so I cannot say what this project is. Name a file and I read it.",
      );
}

function contentOf(outcome: ToolOutcome | undefined): string {
  return outcome?.kind === "succeeded"
    ? parseReadResult(outcome.text)
        .lines.map(({ text }) => text)
        .join("\n")
    : "";
}

/** The title, the first paragraph and the headings. */
function fromReadme(outcome: ToolOutcome | undefined): string {
  const lines = contentOf(outcome).split("\n");
  const title = /^#\s+(.+)$/u.exec(lines.find((line) => /^#\s/u.test(line)) ?? "")?.[1];
  const prose = lines.findIndex((line) => /^[\p{L}\p{N}*_`“"]/u.test(line) && !/^(?:===|---)/u.test(line));
  const paragraph = prose < 0 ? [] : lines.slice(prose, endOfParagraph(lines, prose));
  const headings = lines.flatMap((line) => /^##\s+(.+)$/u.exec(line)?.[1] ?? []);
  if (title === undefined && paragraph.length === 0) {
    return "";
  }
  const about = paragraph.length === 0 ? "" : `: ${paragraph.join(" ").trim()}`;
  const sections =
    headings.length === 0 ? "" : `\n\nIts README goes on with ${headings.map((heading) => `“${heading}”`).join(", ")}.`;
  return `According to \`README.md\` this is **${title ?? "a project without a title"}**${about}${sections}`;
}

function endOfParagraph(lines: readonly string[], start: number): number {
  const blank = lines.findIndex((line, index) => index > start && line.trim() === "");
  return blank < 0 ? lines.length : blank;
}

function fromManifest(outcome: ToolOutcome | undefined): string {
  const parsed = manifestSchema.safeParse(parseJson(contentOf(outcome)));
  if (!parsed.success) {
    return "";
  }
  const { name, version, description, scripts = {}, dependencies = {}, devDependencies = {} } = parsed.data;
  const commands = Object.entries(scripts).map(([script, command]) => `- \`npm run ${script}\`: \`${command}\``);
  const count = Object.keys(dependencies).length;
  const development = Object.keys(devDependencies).length;
  const head = `\`package.json\` names it \`${name ?? "(no name)"}\`${version === undefined ? "" : ` ${version}`}`;
  const about = description === undefined ? "" : `, “${description}”`;
  const packages = `, with ${count} ${count === 1 ? "dependency" : "dependencies"} and ${development} for development.`;
  return [`${head}${about}${packages}`, ...(commands.length === 0 ? [] : ["", "Its scripts:", ...commands])].join("\n");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
