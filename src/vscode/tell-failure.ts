import * as vscode from "vscode";
import { plainNotice } from "./plain-notice.ts";

/** Errors whose message is for the user: what a tool or a store says that it could not do. */
const expected: ReadonlySet<string> = new Set(["ToolError", "ContentLost"]);

/** What cannot be done is said; anything else is a bug. */
export async function tellFailure(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Error) || !expected.has(error.name)) throw error;
    void vscode.window.showErrorMessage(plainNotice(error.message));
  }
}
