import { reduceChat } from "../../../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../../../src/protocol/chat-state.ts";
import { bedrockContext, demoContext } from "../contexts.ts";
import { answer, attachment, runningTool, stepEnd, stepStart, text, turnEnd, turnStart } from "../scenes.ts";
import type { PicturedStates } from "./pictured-state.ts";

const prompt = "Where is the retry delay computed, and do the tests pass?";
const firstLines = answer.slice(0, answer.indexOf("  const capped"));
const folder = "/home/ada/projects/radio";
const prices = "price table of 2026-11-21";

function readFile(id: string, path: string, range: string) {
  const result = `${path} (lines ${range})\n12\treturn Math.floor(random() * capped);`;
  return [
    ...runningTool(id, "read_file", `Reading ${path}`, JSON.stringify({ path })),
    { type: "tool-end", id, state: "succeeded", title: `Read ${path}, lines ${range}`, result, at: Date.now() },
  ] as const;
}

/** The empty panel, and a conversation that goes well. */
export const answerStates: PicturedStates = {
  "empty-demo": { about: "The first start: the demo model answers until Bedrock is set up.", context: demoContext },
  "empty-bedrock": { about: "A new chat on Bedrock." },
  "empty-no-identity": {
    about: "No AWS identity was found.",
    height: 600,
    context: { ...bedrockContext, missing: "identity" },
  },
  "empty-no-region": { about: "No AWS region is set.", context: { ...bedrockContext, missing: "region" } },
  "empty-restricted": {
    about: "Restricted Mode: no tools, and what the repository brings is listed.",
    context: {
      ...bedrockContext,
      restricted: true,
      repository: [
        "AGENTS.md: instructions for the model, 2.1 KB",
        "2 tasks in .vscode/tasks.json",
        "outcrop.model in .vscode/settings.json has no effect",
      ],
    },
  },
  streaming: {
    about: "An answer while it comes, in the middle of a code block.",
    play: async (panel) => {
      await panel.emit(turnStart(prompt, [attachment]), stepStart(), text(firstLines));
      await panel.page.locator(".code-block").waitFor();
    },
  },
  answer: {
    about: "A whole answer: code, a list, a table, a quotation, and what the turn took.",
    height: 900,
    play: async (panel) => {
      const cost = { dollars: 0.0213, unknown: 0, prices };
      const end = stepEnd();
      await panel.emit(turnStart(prompt), stepStart(), text(answer), { ...end, ...{ cost } }, turnEnd());
      await panel.page.locator(".hljs-keyword").first().waitFor();
    },
  },
  thinking: {
    about: "The model's thinking, unfolded.",
    play: async (panel) => {
      const thought =
        "The delay is somewhere under `src/net`. I look for **retryDelay** first.\n\nThe tests are in `test/net`.";
      await panel.emit(turnStart(prompt), stepStart(), {
        type: "reasoning-delta",
        block: 0,
        text: thought,
        at: Date.now(),
      });
      await panel.page.locator(".reasoning button").click();
    },
  },
  "folded-work": {
    about: "The work before an answer, folded into one line above it.",
    play: async (panel) => {
      await panel.emit(turnStart(prompt), stepStart(), text("I look for it."));
      await panel.emit(...readFile("a", "src/net/retry-delay.ts", "1-40 of 40"));
      await panel.emit(...readFile("b", "test/net/retry-delay.test.ts", "1-92 of 92"), stepEnd("tool_use"));
      await panel.emit(stepStart(2), text("It is in `src/net/retry-delay.ts:12`, and all 14 tests pass."));
      await panel.emit(stepEnd(), turnEnd());
    },
  },
  "tool-rows": {
    about: "Calls of tools: waiting for input, running with its output, done, failed, denied and canceled.",
    height: 900,
    play: async (panel) => {
      const at = Date.now();
      const path = "src/net/a-file-with-a-rather-long-name-that-does-not-fit.test.ts";
      await panel.emit(turnStart(prompt), stepStart(), text("I look at the code and run the tests."));
      await panel.emit(
        ...readFile("a", "src/net/retry-delay.ts", "1-40 of 40"),
        ...readFile("b", path, "1-400 of 912"),
      );
      const ends = [
        ["failed", "read_file", "Read src/net/delay.ts", "No such file."],
        ["denied", "run_command", "Run rm -rf build", "The user skipped this call."],
        ["cancelled", "search_files", 'Search for "retryDelay"', "Canceled."],
      ] as const;
      for (const [state, name, title, result] of ends) {
        await panel.emit(...runningTool(state, name, title, "{}"), {
          ...{ type: "tool-end", id: state, state, title, result, at },
        });
      }
      await panel.emit(...runningTool("r", "run_task", 'Running task "test"', '{"task":"test"}'));
      const output =
        "> radio@1.4.0 test\n> node --test\n\n✔ grows with each attempt (1.2ms)\n✔ is capped at 20 s (0.4ms)\n";
      await panel.emit({ type: "tool-output", id: "r", text: output });
      await panel.emit({ type: "tool-start", id: "s", name: "search_files", title: "Searching the workspace", at });
      await panel.emit({ type: "tool-still-running", id: "r", endsAt: at + 100_000, at });
      await panel.page.locator(".tool .disclosure-header", { hasText: "Running task" }).click();
    },
  },
  "tool-result": {
    about: "A call that is unfolded: its input and what the model was told.",
    play: async (panel) => {
      await panel.emit(turnStart(prompt), stepStart(), ...readFile("a", "src/net/retry-delay.ts", "1-40 of 40"));
      await panel.page.locator(".tool .disclosure-header").click();
    },
  },
  plan: {
    about: "The model's to-dos, unfolded.",
    play: async (panel) => {
      const items = [
        { text: "Read src/net/retry-delay.ts and the code that calls it", status: "done" },
        { text: "Cap the delay at 20 s", status: "in_progress" },
        { text: "Write tests of the cap", status: "pending" },
      ] as const;
      await panel.emit(turnStart("Cap the retry delay."), stepStart(), text("I start."));
      await panel.emit({ type: "plan", items, at: Date.now() });
      await panel.page.locator(".plan button").first().click();
    },
  },
  changes: {
    about: "The files that a chat changed, to keep or to undo.",
    play: async (panel) => {
      const files = [
        { path: `${folder}/a`, label: "src/net/retry-delay.ts", state: "changed", lines: { added: 12, removed: 3 } },
        {
          path: `${folder}/b`,
          label: "test/net/a-long-name-of-a-test-file.test.ts",
          state: "created",
          lines: { added: 140, removed: 0 },
        },
        { path: `${folder}/c`, label: "src/net/old-delay.ts", state: "deleted", lines: { added: 0, removed: 41 } },
      ] as const;
      await panel.emit(turnStart("Cap the retry delay."), stepStart(), text("The delay is capped now."), turnEnd());
      await panel.say({ type: "review", review: { files, canRedo: false } });
      await panel.page.locator(".changes button").first().click();
    },
  },
  "pinned-prompt": {
    about: "A long answer that is read: its prompt stays above it.",
    play: async (panel) => {
      await panel.emit(turnStart(prompt), stepStart(), text(answer), stepEnd(), turnEnd());
      await panel.page.locator(".hljs-keyword").first().waitFor();
      await panel.page.locator(".transcript").evaluate((element) => element.scrollTo(0, 100));
      await panel.page.getByRole("button", { name: "Scroll to Bottom" }).waitFor();
    },
  },
  "earlier-turns": {
    about: "The upper end of a long chat.",
    play: async (panel) => {
      const events = Array.from({ length: 520 }, (_, index) => [
        turnStart(`Question ${index + 1}`, [], `t${index}`),
        stepStart(),
        text(`The answer to question ${index + 1}.`),
        turnEnd(),
      ]).flat();
      await panel.snapshot(bedrockContext, events.reduce(reduceChat, emptyChat("long")));
      // What is read keeps its place while turns are built and measured above it: until all are, the top moves away again.
      await panel.page.locator(".transcript").evaluate(async (transcript) => {
        for (let still = 0; still < 20; still += 1) {
          if (transcript.scrollTop > 0 || transcript.querySelectorAll(".prompt").length < 500) still = 0;
          transcript.scrollTo(0, 0);
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      });
    },
  },
  find: {
    about: "Find in the conversation.",
    play: async (panel) => {
      await panel.emit(turnStart(prompt), stepStart(), text(answer), stepEnd(), turnEnd());
      await panel.page.keyboard.press("Control+f");
      await panel.page.locator(".find-bar input, .find input").first().fill("delay");
      await panel.page.waitForTimeout(300);
    },
  },
};
