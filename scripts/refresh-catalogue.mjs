import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCatalogue } from "./catalogue/build-catalogue.mjs";
import { sources } from "./catalogue/read-sources.mjs";
import { nodeExecutable, repositoryRoot } from "./paths.mjs";
import { endChildrenOnSignals, runNpm, runToEnd } from "./processes.mjs";
import { runMain, runStage, StageError, say } from "./stages.mjs";

const usage = `node scripts/refresh-catalogue.mjs

Writes src/bedrock/catalogue/catalogue.json from the npm packages pinned in scripts/catalogue/read-sources.mjs.
To take newer figures, change a version there and run it again.`;

const file = join(repositoryRoot, "src", "bedrock", "catalogue", "catalogue.json");

await runMain(async () => {
  if (process.argv.includes("--help")) {
    say(usage);
    return 0;
  }
  endChildrenOnSignals();
  const folder = mkdtempSync(join(tmpdir(), "outcrop-catalogue-"));
  try {
    const read = [];
    for (const source of sources) {
      read.push(await runStage(`Reading ${source.name} ${source.version}`, () => readSource(source, folder)));
    }
    const catalogue = {
      date: read[0]?.date,
      source: `npm: ${read.map(({ title }) => title).join("; ")}. An entry's date is its package's.`,
      unit: "US dollars per 1,000,000 tokens; contextTokens and outputTokens in tokens",
      models: buildCatalogue(read),
    };
    writeFileSync(file, `${JSON.stringify(catalogue)}\n`);
    await run(nodeExecutable(), [biome(), "format", "--write", file], repositoryRoot);
    say(`${Object.keys(catalogue.models).length} models of ${catalogue.date} are in ${file}`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {import("./catalogue/read-sources.mjs").Source} source @param {string} parent */
async function readSource({ name, version, licence, read }, parent) {
  const folder = join(parent, name.replaceAll("/", "-"));
  mkdirSync(folder);
  await npm(["pack", `${name}@${version}`, "--silent"], folder);
  const archive = readdirSync(folder).find((entry) => entry.endsWith(".tgz"));
  if (archive === undefined) throw new StageError(`npm pack ${name}@${version} wrote nothing.`);
  await run("tar", ["xzf", archive], folder);
  const times = JSON.parse(await npm(["view", name, "time", "--json"], folder));
  const date = String(times[version]).slice(0, 10);
  return { date, title: `${name} ${version} (${licence}, ${date})`, models: await read(join(folder, "package")) };
}

/** @param {readonly string[]} parameters @param {string} cwd */
async function npm(parameters, cwd) {
  const { code, output } = await runNpm(parameters, { cwd });
  if (code !== 0) throw new StageError(`npm ${parameters.join(" ")} failed:\n${output}`);
  return output;
}

/** @param {string} command @param {readonly string[]} parameters @param {string} cwd */
async function run(command, parameters, cwd) {
  const { code, output } = await runToEnd(command, parameters, { cwd });
  if (code !== 0) throw new StageError(`${command} ${parameters.join(" ")} failed:\n${output}`);
}

function biome() {
  return join(repositoryRoot, "node_modules", "@biomejs", "biome", "bin", "biome");
}
