import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import * as vscode from "vscode";
import type { Chat } from "../../src/vscode/commands.ts";
import { changeSettings } from "./change-settings.ts";

/** What `activate` gives in test mode. */
export interface TestAccess {
  (): Promise<Chat>;
  /** Where the extension keeps its files. */
  readonly storage: vscode.Uri;
}

export function outcrop(): vscode.Extension<TestAccess | undefined> {
  return vscode.extensions.getExtension("outcrop.outcrop") ?? assert.fail("Outcrop is not installed");
}

export async function testAccess(): Promise<TestAccess> {
  return (await outcrop().activate()) ?? assert.fail("Outcrop gives its tests no access");
}

/** An empty session that asks a gateway without credentials; after the test the demo answers again. */
export async function openGatewaySession(test: TestContext, endpoint: string, settings: Record<string, unknown> = {}) {
  await changeSettings(test, { "outcrop.endpoint": endpoint, "outcrop.authentication": "none", ...settings });
  const { controller, connection } = await (await testAccess())();
  await connection.choose("bedrock");
  test.after(() => connection.choose("demo"));
  await controller.newChat();
  return controller.session();
}
