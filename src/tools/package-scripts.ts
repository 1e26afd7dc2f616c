import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { ApprovalDetail } from "../protocol/approval.ts";

const packageFile = z.object({ scripts: z.record(z.string(), z.string()) });

/** What a script of package.json runs. */
export interface PackageScript {
  /** Absolute, real path. */
  readonly file: string;
  readonly details: readonly ApprovalDetail[];
}

/**
 * A script as package.json has it now, with what runs before and after it (docs.npmjs.com/cli/using-npm/scripts): it may
 * change between two runs of the same command line. Undefined where there is none.
 */
export async function readScript(folder: string, name: string): Promise<PackageScript | undefined> {
  try {
    const file = await realpath(join(folder, "package.json"));
    const { scripts } = packageFile.parse(JSON.parse(await readFile(file, "utf8")));
    const run = [`pre${name}`, name, `post${name}`].flatMap((key) => {
      const value = Object.hasOwn(scripts, key) ? scripts[key] : undefined;
      return value === undefined ? [] : [{ label: key === name ? "Script" : `Script (${key})`, value }];
    });
    return { file, details: run };
  } catch {
    return undefined;
  }
}

/** The script that a command line begins with: `npm run build`, `yarn run build`, `npm test`. */
export function scriptIn(line: string): string | undefined {
  const [, run, short] =
    /^\s*(?:npm|pnpm|yarn)\s+(?:(?:run|run-script)\s+([\w:.@/-]+)|(test|start|stop|restart)\b)/.exec(line) ?? [];
  return run ?? short;
}
