import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { type RunningIdentityServer, startIdentityServer } from "../../src/emulator/identity/identity-server.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import { identityWorld } from "../support/identity-scene.ts";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";

export interface IdentityWorkbench {
  readonly emulator: RunningEmulator;
  readonly services: RunningIdentityServer;
  readonly workbench: Workbench;
  readonly panel: Frame;
  /** Rows of VS Code's picker. */
  readonly rows: Locator;
  /** The box in which VS Code asks for a secret. */
  readonly secretBox: Locator;
  /** Writes a file of `~/.aws`. */
  write(name: string, text: string): void;
  statusBar(text: string): Locator;
  /** Presses a button of VS Code's dialog, later than its arming time. */
  press(button: string): Promise<void>;
  /** Confirms the code that Outcrop shows, as the user does in the browser. */
  confirmDevice(): Promise<void>;
  /** Who signed each ConverseStream so far: access key and region, or the API key. */
  signers(): readonly string[];
}

export interface IdentityWorkbenchOptions {
  /** What is in `~/.aws`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly script?: Script;
  /** False takes requests whoever signed them, as with an API key. */
  readonly checkKeys?: boolean;
}

const answers: Script = { replies: [{ text: "It is signed and answered." }], repeatLast: true };

/** A person's machine with a home folder of its own, in front of a local AWS that verifies every signature. */
export async function openIdentityWorkbench(
  test: TestContext,
  { files = {}, settings = {}, script = answers, checkKeys = true }: IdentityWorkbenchOptions = {},
): Promise<IdentityWorkbench> {
  const home = mkdtempSync(join(tmpdir(), "outcrop-home-"));
  test.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  const write = (name: string, text: string): void => {
    mkdirSync(join(home, ".aws"), { recursive: true });
    writeFileSync(join(home, ".aws", name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const services = await startIdentityServer(identityWorld);
  test.after(() => services.close());
  const emulator = await startEmulator({ script, ...(checkKeys && { credentials: services.world.find }) });
  test.after(() => emulator.close());
  const workbench = await openWorkbench({
    settings,
    environment: {
      HOME: home,
      USERPROFILE: home,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: emulator.url,
      AWS_ENDPOINT_URL_SSO: services.url,
      AWS_ENDPOINT_URL_SSO_OIDC: services.url,
      AWS_ENDPOINT_URL_STS: services.url,
    },
  });
  test.after(() => workbench.close());
  const { page } = workbench;
  const press = async (button: string): Promise<void> => {
    const found = page.locator(".monaco-dialog-box").getByRole("button", { name: button, exact: true });
    await found.waitFor();
    await page.waitForTimeout(700);
    await found.click();
  };
  return {
    ...{ emulator, services, workbench, write, press },
    panel: await workbench.panel(),
    rows: page.locator(".quick-input-list .monaco-list-row"),
    secretBox: page.locator(".quick-input-widget input[type=password]"),
    statusBar: (text) => page.locator(".statusbar-item").filter({ hasText: text }),
    confirmDevice: async () => {
      await page
        .getByText(/confirm the code/)
        .first()
        .waitFor();
      const [code = ""] = services.grants.waiting;
      services.grants.answer(code, "approved");
    },
    signers: () =>
      emulator.requests
        .filter(({ path }) => path.endsWith("/converse-stream"))
        .map(({ headers }) => signerOf(headers["authorization"] ?? "")),
  };
}

function signerOf(authorization: string): string {
  const [, key, region] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(authorization) ?? [];
  return key === undefined ? authorization.replace(/^Bearer /, "") : `${key} ${region}`;
}
