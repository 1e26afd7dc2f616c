import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { ParseError } from "jsonc-parser";
import * as z from "zod";
import { parseRule } from "./parse-rule.ts";
import type { KeptRule } from "./rule.ts";

/** In the root of a folder of the workspace. */
const repositoryPolicyFile = "outcrop.policy.json";
const mostBytes = 256_000;

/** Rules without their first word: `{ "ask": ["run_command(prefix \"git push *\")"], "deny": [] }`. */
const schema = z.strictObject({ ask: z.array(z.string()).default([]), deny: z.array(z.string()).default([]) });

export interface RepositoryRules {
  readonly rules: readonly KeptRule[];
  /** What is wrong with the file, for the user; its other rules hold. */
  readonly problems: readonly string[];
}

/**
 * What a repository adds to the policy. It may only tighten: there is no way to write a rule that allows. Rules that
 * cannot be read are reported; while the file cannot be read as a whole, the last good rules hold.
 */
export class RepositoryPolicy {
  readonly #file: string;
  #last: RepositoryRules = { rules: [], problems: [] };
  #text: string | undefined;

  constructor(folder: string) {
    this.#file = join(folder, repositoryPolicyFile);
  }

  async read(): Promise<RepositoryRules> {
    try {
      const text = await readPolicyText(this.#file);
      if (text === this.#text) return this.#last;
      this.#last = text === undefined ? { rules: [], problems: [] } : await this.#parse(text);
      this.#text = text;
      return this.#last;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { rules: this.#last.rules, problems: [`${repositoryPolicyFile}: ${reason}`] };
    }
  }

  async #parse(text: string): Promise<RepositoryRules> {
    const { parse, printParseErrorCode } = await import("jsonc-parser");
    const errors: ParseError[] = [];
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first !== undefined) throw new Error(`${printParseErrorCode(first.error)} at character ${first.offset}.`);
    const { ask, deny } = schema.parse(value);
    const read = [...deny.map((rule) => `deny ${rule}`), ...ask.map((rule) => `ask ${rule}`)].map((rule, index) => ({
      rule,
      id: `repository-${index + 1}`,
      parsed: parseRule(rule),
    }));
    return {
      rules: read.flatMap(({ id, parsed }) => (parsed.kind === "rule" ? [{ id, rule: parsed.rule }] : [])),
      problems: read.flatMap(({ rule, parsed }) =>
        parsed.kind === "error" ? [`${repositoryPolicyFile}: ${rule}: ${parsed.message}`] : [],
      ),
    };
  }
}

/** Undefined where there is no such file. Never through a link. */
export async function readPolicyText(file: string): Promise<string | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    },
  );
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > mostBytes) throw new Error("it is no file, or too large.");
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}
