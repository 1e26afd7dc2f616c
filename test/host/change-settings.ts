import type { TestContext } from "node:test";
import * as vscode from "vscode";

/** Writes settings of the user, each by its full name, and takes them back after the test. */
export async function changeSettings(test: TestContext, values: Readonly<Record<string, unknown>>): Promise<void> {
  const write = async (name: string, value: unknown): Promise<void> =>
    vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  test.after(async () => {
    for (const name of Object.keys(values)) await write(name, undefined);
  });
  for (const [name, value] of Object.entries(values)) await write(name, value);
}
