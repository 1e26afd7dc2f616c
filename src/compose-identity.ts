import type * as vscode from "vscode";
import { isModelError } from "./agent/model.ts";
import { systemTiming } from "./agent/system-timing.ts";
import { type BedrockSettings, defaultModelId } from "./bedrock/bedrock-settings.ts";
import { describeQuietly, findSource, type IdentityDescription } from "./bedrock/identity/describe-identity.ts";
import { findRegion } from "./bedrock/identity/find-region.ts";
import { Identity } from "./bedrock/identity/identity.ts";
import { identityOptions } from "./bedrock/identity/identity-options.ts";
import { loadProfiles } from "./bedrock/identity/load-profiles.ts";
import { sourceWords } from "./bedrock/identity/source-words.ts";
import { signInToSso } from "./bedrock/identity/sso-sign-in.ts";
import { readTokenLife } from "./bedrock/identity/sso-token.ts";
import { watchAwsFiles } from "./bedrock/identity/watch-aws-files.ts";
import { wayToSignIn } from "./bedrock/identity/way-to-sign-in.ts";
import { settingsAt } from "./bedrock/settings-at.ts";
import { bedrockSettings } from "./compose-bedrock-settings.ts";
import type { Connection } from "./protocol/connection.ts";
import { t } from "./protocol/localize.ts";
import type { ConnectionChoice } from "./vscode/connection-choice.ts";
import type { Dialogs } from "./vscode/dialogs.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import { IdentityActions, type WayIn } from "./vscode/identity-actions.ts";
import { IdentityStatus } from "./vscode/identity-status.ts";
import { describeSession, failedIdentityText, identityText } from "./vscode/identity-text.ts";
import { askMfaCode } from "./vscode/key-prompts.ts";
import type { IdentityOption } from "./vscode/select-identity.ts";
import { readSettings } from "./vscode/settings.ts";
import { StoredKeys } from "./vscode/stored-keys.ts";

export interface IdentityParts {
  readonly context: vscode.ExtensionContext;
  readonly connection: ConnectionChoice;
  /** Where the chat is, which may have moved to another profile: a sign-in is for that one. */
  readonly place: () => Promise<Connection>;
  readonly dialogs: Dialogs;
  readonly headerSecrets: HeaderSecrets;
  /** Told of every secret once it is known, so that it can be masked. */
  readonly onSecret: (secret: string) => void;
  /** Who requests come from may have changed. */
  readonly onChange: () => void;
  readonly report: (error: unknown) => void;
}

/** Who a window's requests say that they come from, and what the user does about it. */
export interface WindowIdentity {
  /** For requests to Bedrock. From the first call on the status bar shows who they come from. */
  use(): Identity;
  readonly actions: IdentityActions;
  /** Forgets what is stored, without a question. */
  forget(): Promise<void>;
}

/** Loaded when Bedrock is first asked, or one of the commands is run: the AWS SDK comes with it. */
export async function composeIdentity(parts: IdentityParts): Promise<WindowIdentity> {
  const { context, connection, dialogs, headerSecrets, onSecret } = parts;
  const status = new IdentityStatus();
  const keys = await StoredKeys.open(context.secrets, () => identity.renew());
  const onChange = (): void => {
    parts.onChange();
    shown.look();
  };
  const identity = new Identity({ stored: () => keys.current, askMfaCode, onSecret, onChange });
  const shown = new ShownStatus(status, parts, () => settings());
  const way = { headerSecrets, identity: async () => identity };
  const settings = async (): Promise<BedrockSettings> => {
    const own = await bedrockSettings(readSettings().model ?? defaultModelId, way);
    const place = await parts.place();
    return place.kind === "demo" ? own : settingsAt(own, place);
  };
  const actions = new IdentityActions({
    keys,
    dialogs,
    options: async () => listOptions(await settings()),
    wayIn: async () => findWayIn(await settings(), onSecret),
    knowsRegion: async () => {
      const own = await settings();
      return own.endpoint !== undefined || (await findRegion(own, process.env)) !== undefined;
    },
    renew: () => identity.renew(),
    useBedrock: async () => {
      await connection.choose("bedrock");
      shown.begin();
    },
  });
  const stopWatching = watchAwsFiles(process.env, (change) => {
    if (change === "profiles") identity.renew();
    else shown.look();
  });
  context.subscriptions.push(
    status,
    keys,
    { dispose: stopWatching },
    connection.onDidChange(() => shown.look()),
  );
  return {
    use: () => {
      shown.begin();
      return identity;
    },
    actions,
    forget: async () => {
      await keys.forget();
      identity.renew();
    },
  };
}

async function listOptions(settings: BedrockSettings): Promise<readonly IdentityOption[]> {
  const profiles = await loadProfiles();
  const sessions = new Map<string, string>();
  for (const { sso } of profiles) {
    const life = sso && (await readTokenLife(sso.id));
    if (sso !== undefined && life !== undefined) sessions.set(sso.id, describeSession(life, Date.now()));
  }
  const around = { environment: process.env, profiles, stored: settings.identity?.stored ?? {} };
  return identityOptions(settings, around, (id) => sessions.get(id));
}

async function findWayIn(settings: BedrockSettings, onSecret: (secret: string) => void): Promise<WayIn> {
  const source = await findSource(settings);
  const { name } = source;
  const life = source.profile?.sso && (await readTokenLife(source.profile.sso.id));
  const way = wayToSignIn(source, life !== undefined && (life.renews || life.until.getTime() > Date.now()));
  if (way.kind !== "device") return { kind: way.kind, name };
  const { session } = way;
  const { network, profile } = settings;
  return {
    kind: "device",
    name,
    run: (shown) => signInToSso(session, { ...shown, network, profile, timing: systemTiming, onSecret }),
  };
}

/** Asks who it is when something has changed, and keeps the last answer for the status bar. */
class ShownStatus {
  readonly #status: IdentityStatus;
  readonly #parts: IdentityParts;
  readonly #settings: () => Promise<BedrockSettings>;
  #isUsed = false;
  #asking = new AbortController();

  constructor(status: IdentityStatus, parts: IdentityParts, settings: () => Promise<BedrockSettings>) {
    this.#status = status;
    this.#parts = parts;
    this.#settings = settings;
  }

  /** Bedrock is asked. */
  begin(): void {
    if (this.#isUsed) return;
    this.#isUsed = true;
    this.look();
  }

  look(): void {
    if (this.#isUsed) void this.#look().catch(this.#parts.report);
  }

  async #look(): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const isHidden = this.#parts.connection.current().kind === "demo";
    const found = isHidden ? undefined : await this.#describe(asking.signal);
    if (asking.signal.aborted) return;
    this.#status.show(() => {
      if (found === undefined || found.kind === "none") return undefined;
      return "message" in found
        ? failedIdentityText(found.source, found.message)
        : identityText(found, t(sourceWords[found.kind]), Date.now());
    });
  }

  async #describe(signal: AbortSignal): Promise<IdentityDescription | FailedIdentity | undefined> {
    try {
      return await describeQuietly(await this.#settings(), signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!isModelError(error)) throw error;
      const source = await this.#settings()
        .then(findSource)
        .then(
          ({ name }) => name,
          () => "AWS",
        );
      return { kind: "failed", source, message: error.message };
    }
  }
}

interface FailedIdentity {
  readonly kind: "failed";
  readonly source: string;
  readonly message: string;
}
