/** What a test runner's output says about its tests. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly failedNames: readonly string[];
}

/** Count patterns of node:test (spec, TAP), Jest, Vitest, Mocha, pytest, cargo and others of the form "N passed". */
const passedPatterns = [/^\s*(?:ℹ|#)\s*pass(?:ed)?\s+(\d+)/mu, /\b(\d+) pass(?:ed|ing)\b/u];
const failedPatterns = [/^\s*(?:ℹ|#)\s*fail(?:ed)?\s+(\d+)/mu, /\b(\d+) fail(?:ed|ing|ures?)\b/u];
const namePatterns = [
  /^\s*(?:✖|✗|✘|×)\s+(?!failing tests)(.+?)(?:\s+\(?[\d.]+\s?m?s\)?)?$/u,
  /^\s*not ok \d+ - (.+?)(?:\s+#.*)?$/u,
  /^\s*●\s+(.+)$/u,
  /^\s*--- FAIL: (\S+)/u,
  /^FAILED\s+(\S+)/u,
  /^test (\S+) \.\.\. FAILED$/u,
];

/** @returns undefined when nothing in the output looks like a test runner's. */
export function readTestOutput(output: string): TestSummary | undefined {
  const plain = output.replace(/\u001b\[[0-9;]*m/gu, "");
  const passed = firstNumber(plain, passedPatterns);
  const failed = firstNumber(plain, failedPatterns);
  const names = plain.split(/\r?\n/u).flatMap((line) => firstName(line) ?? []);
  const failedNames = [...new Set(names)];
  return passed === undefined && failed === undefined && failedNames.length === 0
    ? undefined
    : { passed: passed ?? 0, failed: failed ?? failedNames.length, failedNames };
}

function firstNumber(text: string, patterns: readonly RegExp[]): number | undefined {
  const match = patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null);
  return match === undefined || match === null ? undefined : Number(match[1]);
}

function firstName(line: string): string | undefined {
  return namePatterns.map((pattern) => pattern.exec(line)?.[1]?.trim()).find((name) => name !== undefined);
}

/** The lines of the output that say most: around the first failure, else the last ones. */
export function tellingLines(output: string, count = 10): string {
  const lines = output
    .replace(/\u001b\[[0-9;]*m/gu, "")
    .replace(/\s+$/u, "")
    .split(/\r?\n/u);
  const failure = lines.findIndex((line) => /\b(?:AssertionError|Error:|error:|expected|FAILED|panicked)/u.test(line));
  if (failure < 0) {
    return lines.slice(-count).join("\n");
  }
  const withoutStack = lines.slice(failure).filter((line) => !/^\s+at\s/u.test(line));
  return withoutStack.slice(0, count).join("\n");
}
