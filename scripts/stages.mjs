import { isInterrupted } from "./processes.mjs";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** A failure that the person at the terminal can act on; shown without a stack. */
export class StageError extends Error {
  /** @param {string} message @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = "StageError";
  }
}

/**
 * Runs one stage and shows it: a spinner with the elapsed time on a terminal, a line at its start and one at its end elsewhere.
 * @template T
 * @param {string} title what is being done, such as "Building"
 * @param {(note: (text: string) => void) => Promise<T>} work `note` shows what the stage is at right now
 * @param {(result: T) => string} [outcome] what to say of the result
 * @returns {Promise<T>}
 */
export async function runStage(title, work, outcome) {
  const started = Date.now();
  const show = process.stdout.isTTY ? showSpinner(title, started) : showLines(title);
  try {
    const result = await work(show.note);
    show.end(`✓ ${title}${outcome ? `: ${outcome(result)}` : ""} (${seconds(started)})`);
    return result;
  } catch (error) {
    show.end(`✗ ${title} (${seconds(started)})`);
    throw error;
  }
}

/**
 * Says one thing between stages.
 * @param {string} text
 */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs a script's main function; a `StageError` is shown as its text, anything else with its stack. Sets the exit code.
 * @param {() => Promise<number>} main returns the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    // What fails because its children are being ended is nobody's news.
    if (isInterrupted()) return;
    const text = error instanceof StageError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`\n${text}\n`);
    process.exitCode = 1;
  }
}

/** @param {number} started @returns {string} */
export function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

/** @param {string} title @param {number} started */
function showSpinner(title, started) {
  let note = "";
  let frame = 0;
  const draw = () => {
    frame = (frame + 1) % frames.length;
    const line = `${frames[frame]} ${title} (${seconds(started)})${note ? ` ${note}` : ""}`;
    process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
  };
  draw();
  const timer = setInterval(draw, 100);
  return {
    note: (/** @type {string} */ text) => {
      note = text.trim().split("\n").at(-1) ?? "";
    },
    end: (/** @type {string} */ line) => {
      clearInterval(timer);
      process.stdout.write(`\r\x1b[K${line}\n`);
    },
  };
}

/** @param {string} title */
function showLines(title) {
  process.stdout.write(`· ${title} …\n`);
  return { note: () => {}, end: (/** @type {string} */ line) => process.stdout.write(`${line}\n`) };
}
