import { type FSWatcher, watch } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

/** Several writes of one tool are one change. */
const settleMs = 300;

/** What has changed: the profiles and their keys, or the tokens of a sign-in. */
export type AwsFileChange = "profiles" | "tokens";

/**
 * Tells of changes below `~/.aws`, or of the files that the environment names. A folder that is not there yet is waited
 * for in the one above it. Answers with the way to stop. Keeps no process alive.
 */
export function watchAwsFiles(environment: NodeJS.ProcessEnv, onChange: (change: AwsFileChange) => void): () => void {
  const home = join(environment["HOME"] ?? environment["USERPROFILE"] ?? homedir(), ".aws");
  const config = environment["AWS_CONFIG_FILE"] ?? join(home, "config");
  const credentials = environment["AWS_SHARED_CREDENTIALS_FILE"] ?? join(home, "credentials");
  // Of IAM Identity Center, and of `aws login`.
  const tokens = [join(home, "sso", "cache"), environment["AWS_LOGIN_CACHE_DIRECTORY"] ?? join(home, "login", "cache")];
  const waits = new Map<AwsFileChange, NodeJS.Timeout>();
  const tell = (change: AwsFileChange): void => {
    clearTimeout(waits.get(change));
    waits.set(change, setTimeout(() => onChange(change), settleMs).unref());
  };
  const files = [config, credentials].map(
    (file) => new FolderWatch(dirname(file), basename(file), () => tell("profiles")),
  );
  const all = [...files, ...tokens.map((folder) => new FolderWatch(folder, undefined, () => tell("tokens")))];
  return () => {
    for (const each of all) each.close();
    for (const wait of waits.values()) clearTimeout(wait);
  };
}

/** Watches one folder, or waits for it. `name`: only this file in it. */
class FolderWatch {
  readonly #folder: string;
  readonly #name: string | undefined;
  readonly #onChange: () => void;
  #watcher: FSWatcher | undefined;
  #isClosed = false;

  constructor(folder: string, name: string | undefined, onChange: () => void) {
    this.#folder = folder;
    this.#name = name;
    this.#onChange = onChange;
    this.#open();
  }

  close(): void {
    this.#isClosed = true;
    this.#watcher?.close();
  }

  /** True where it is the folder itself that is watched now. */
  #open(): boolean {
    this.#watcher?.close();
    if (this.#isClosed) return false;
    if (this.#try(this.#folder, (file) => this.#see(file))) return true;
    for (let missing = this.#folder; dirname(missing) !== missing; missing = dirname(missing)) {
      const next = basename(missing);
      if (this.#try(dirname(missing), (file) => file === next && this.#appear())) return false;
    }
    return false;
  }

  #see(file: string | null): void {
    if (this.#name === undefined || file === null || file === this.#name) this.#onChange();
  }

  #appear(): void {
    if (this.#open()) this.#onChange();
  }

  #try(folder: string, listener: (file: string | null) => void): boolean {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, file) => listener(file));
      // The folder went away: it may come back.
      watcher.on("error", () => this.#open());
      this.#watcher = watcher;
      return true;
    } catch {
      return false;
    }
  }
}
