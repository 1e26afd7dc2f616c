import { ArgumentError } from "./argument-error.ts";

/** Runs a command to its exit code. What it throws is said on standard error, a wrong command line with the usage, and 2 is the code. */
export function runCommand(main: () => Promise<number>, usage: string): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(error instanceof ArgumentError ? `${message}\n\n${usage}\n` : `${message}\n`);
      process.exitCode = 2;
    },
  );
}
