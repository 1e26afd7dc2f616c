import * as vscode from "vscode";
import { t, text } from "../protocol/localize.ts";
import { showDeviceSignIn } from "./confirm-device.ts";
import type { Dialogs } from "./dialogs.ts";
import { askAccessKeys, askApiKey, askRegion } from "./key-prompts.ts";
import { chooseSource, type IdentityOption, pickIdentity } from "./select-identity.ts";
import { signInInTerminal, tellToRenew } from "./sign-in.ts";
import type { StoredKeys } from "./stored-keys.ts";

type DeviceRun = Parameters<typeof showDeviceSignIn>[2];

/** What helps the source in use. */
export type WayIn =
  | { readonly kind: "device"; readonly name: string; readonly run: DeviceRun }
  | { readonly kind: "again" | "api-key" | "access-keys" | "select"; readonly name: string }
  | { readonly kind: "terminal" | "outside"; readonly name: string };

export interface IdentityActionsOptions {
  readonly keys: StoredKeys;
  readonly dialogs: Dialogs;
  readonly options: () => Promise<readonly IdentityOption[]>;
  readonly wayIn: () => Promise<WayIn>;
  /** Whether the settings, the environment or the profile name a region, or none is needed. */
  readonly knowsRegion: () => Promise<boolean>;
  /** The next request looks for credentials anew. */
  readonly renew: () => void;
  /** Bedrock answers from now on, and not the demo. */
  readonly useBedrock: () => Promise<void>;
}

/** What the user does about who requests come from. Each resolves with whether there is something new to try with. */
export class IdentityActions {
  readonly #options: IdentityActionsOptions;

  constructor(options: IdentityActionsOptions) {
    this.#options = options;
  }

  /** `note`: why, where something went wrong. */
  async select(note?: string): Promise<boolean> {
    const { options, keys } = this.#options;
    const { apiKey, accessKeys } = keys.current;
    const pick = await pickIdentity(await options(), apiKey !== undefined || accessKeys !== undefined, note);
    switch (pick?.kind) {
      case undefined:
        return false;
      case "set-api-key":
        return this.setApiKey();
      case "set-access-keys":
        return this.setAccessKeys();
      case "forget":
        return this.forget();
      case "source":
        return this.#use(pick.option);
    }
  }

  async setApiKey(): Promise<boolean> {
    const apiKey = await askApiKey();
    if (apiKey === undefined) return false;
    await this.#options.keys.setApiKey(apiKey);
    return this.#chosen({ profile: "", authentication: "apiKey" });
  }

  async setAccessKeys(): Promise<boolean> {
    const keys = await askAccessKeys();
    if (keys === undefined) return false;
    await this.#options.keys.setAccessKeys(keys);
    return this.#chosen({ profile: "", authentication: "keys" });
  }

  async forget(): Promise<boolean> {
    const forget = text("Forget Keys");
    const pressed = await this.#options.dialogs.ask({
      title: t("Forget the keys that are stored in Outcrop?"),
      detail: t("The API key and the access keys are deleted from VS Code's secret storage. They stay valid at AWS."),
      buttons: [forget],
    });
    if (pressed !== forget) return false;
    await this.#options.keys.forget();
    this.#options.renew();
    return false;
  }

  async signIn(): Promise<boolean> {
    const way = await this.#options.wayIn();
    switch (way.kind) {
      case "device":
        return (await showDeviceSignIn(way.name, this.#options.dialogs, way.run)) && this.#renewed();
      case "again":
        return this.#renewed();
      case "api-key":
        return this.setApiKey();
      case "access-keys":
        return this.setAccessKeys();
      case "terminal":
        signInInTerminal(way.name);
        return false;
      case "outside":
        tellToRenew(way.name);
        return false;
      case "select":
        return this.select(t("{0}: select what requests are signed with", way.name));
    }
  }

  async #use({ choice, needsSignIn }: IdentityOption): Promise<boolean> {
    if (!(await this.#chosen(choice))) return false;
    return needsSignIn ? this.signIn() : true;
  }

  async #chosen(choice: IdentityOption["choice"]): Promise<boolean> {
    await chooseSource(choice);
    this.#options.renew();
    if (!(await this.#options.knowsRegion()) && !(await askRegion())) return false;
    await this.#options.useBedrock();
    return true;
  }

  #renewed(): true {
    this.#options.renew();
    void vscode.window.setStatusBarMessage(t("$(check) Signed in to AWS"), 5_000);
    return true;
  }
}
