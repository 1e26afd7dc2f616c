import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { runMain, StageError, say } from "./stages.mjs";

/** @type {Readonly<Record<string, { readonly what: string, readonly run: (rounds: number, scene: string | undefined) => Promise<boolean> }>>} */
const benches = {
  panel: {
    what: "streaming, long chats and reactions of the panel as it ships, in a real browser",
    run: async (rounds, scene) => {
      const { panelScenes, runPanelBench } = await import("../test/bench/panel/run-panel-bench.ts");
      if (scene !== undefined && !panelScenes.some((name) => name === scene)) throw new StageError(usage);
      return runPanelBench(rounds, say, scene);
    },
  },
  files: {
    what: "finding a file for a mention among 10,000",
    run: async (rounds, scene) => {
      if (scene !== undefined) throw new StageError(usage);
      const { runFilesBench } = await import("../test/bench/files/run-files-bench.ts");
      return runFilesBench(rounds, say);
    },
  },
};

const usage = `npm run bench -- NAME [--rounds N] [--scene SCENE]

Measures, and fails where something is over its budget.

${Object.entries(benches)
  .map(([name, { what }]) => `  ${name}  ${what}`)
  .join("\n")}

  --rounds N     default 3
  --scene SCENE  of the panel only this one: streams, long-chats or reactions`;

await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { rounds: { type: "string", default: "3" }, scene: { type: "string" }, help: { type: "boolean" } },
    allowPositionals: true,
  });
  const bench = benches[positionals[0] ?? ""];
  const rounds = Number(values.rounds);
  if (values.help === true || bench === undefined || !Number.isInteger(rounds) || rounds < 1)
    throw new StageError(usage);
  const load = loadavg()[0] ?? 0;
  const cores = availableParallelism();
  say(
    `${cores} cores, load ${load.toFixed(1)}: times on the clock are noisy, and mean little where the load is above the cores.`,
  );
  say("Each line: median, spread of the rounds, budget, the baseline of the same rounds and the median ratio.\n");
  return (await bench.run(rounds, values.scene)) ? 0 : 1;
});
