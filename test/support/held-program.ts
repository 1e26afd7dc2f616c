import type { ProgramOptions, ProgramRunner } from "../../src/tools/program-runner.ts";

/** A program that prints and ends when the test says so; aborted, it ends after `onEnd`. */
export class HeldProgram implements ProgramRunner {
  readonly shell = "/bin/sh";
  readonly environment = "nothing";
  wasEnded = false;
  #print: (text: string) => void = () => undefined;
  #exit: (code: number) => void = () => undefined;
  readonly started: Promise<void>;
  #begin: () => void = () => undefined;

  constructor() {
    this.started = new Promise((resolve) => {
      this.#begin = resolve;
    });
  }

  run(_: unknown, { signal, output }: Pick<ProgramOptions, "signal" | "output">): Promise<number> {
    this.#print = output;
    const running = new Promise<number>((resolve, reject) => {
      this.#exit = resolve;
      signal.addEventListener("abort", () => {
        this.wasEnded = true;
        reject(signal.reason);
      });
    });
    this.#begin();
    return running;
  }

  async check(): Promise<void> {}

  print(text: string): void {
    this.#print(text);
  }

  exit(code: number): void {
    this.#exit(code);
  }
}
