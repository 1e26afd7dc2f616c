import { ArgumentError } from "./arguments.ts";

/** Runs a command to its exit code. A wrong command line ends with 2 and how it is used, whatever else was thrown with 2. */
export function runMain(main: () => Promise<number>, usage: string): void {
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
