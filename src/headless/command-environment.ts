import { isAbsolute } from "node:path";

/** What commands get of this process's environment. */
const ALLOWED = ["HOME", "LANG", "LOGNAME", "SHELL", "TMPDIR", "TZ", "USER"];
/** Without these Windows starts next to nothing. */
const ALLOWED_ON_WINDOWS = [
  ...["SystemRoot", "SystemDrive", "ComSpec", "PATHEXT", "TEMP", "TMP", "USERNAME", "USERPROFILE", "HOMEDRIVE"],
  ...[
    "HOMEPATH",
    "APPDATA",
    "LOCALAPPDATA",
    "ProgramData",
    "ProgramFiles",
    "ProgramFiles(x86)",
    "NUMBER_OF_PROCESSORS",
  ],
];

/** How a command's processes are found again: see `marked-processes`. */
export const MARK_NAME = "OUTCROP_COMMAND";

/** For the card. `alsoAllowed`: names that the user lets through. */
export function describeEnvironment(alsoAllowed: readonly string[]): string {
  const more = alsoAllowed.length === 0 ? "" : `, and ${alsoAllowed.join(", ")} as you have set`;
  return `PATH, HOME, user and language only, no credentials; git without prompt, pager and helpers${more}`;
}

export interface EnvironmentOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Further names that the user lets through. */
  readonly alsoAllowed: readonly string[];
  readonly withHooks: boolean;
  readonly mark: string;
  /** Settings of git by name and value, beside the ones that are always pinned. */
  readonly furtherPins: readonly (readonly [string, string])[];
}

/** An allow list and pins: nothing secret, nothing that changes how programs start, no prompt and no pager. */
export function commandEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
  const { environment, platform, alsoAllowed } = options;
  const allowed = new Set([...ALLOWED, ...(platform === "win32" ? ALLOWED_ON_WINDOWS : []), ...alsoAllowed].map(upper));
  const kept = Object.entries(environment).filter(([name]) => allowed.has(upper(name)) || /^LC_[A-Z]+$/.test(name));
  const [, path = ""] = Object.entries(environment).find(([name]) => upper(name) === "PATH") ?? [];
  return {
    ...Object.fromEntries(kept),
    PATH: absoluteEntries(path, platform),
    TERM: "dumb",
    PAGER: "cat",
    ...gitPins(options),
    [MARK_NAME]: options.mark,
  };
}

/** A relative entry, an empty one too, stands for a folder that the command line chooses. */
function absoluteEntries(path: string, platform: NodeJS.Platform): string {
  const separator = platform === "win32" ? ";" : ":";
  const isFixed = (entry: string): boolean =>
    platform === "win32" ? /^"?[a-z]:[\\/]/i.test(entry) : isAbsolute(entry);
  return path.split(separator).filter(isFixed).join(separator);
}

/** Settings of a repository by which git would run programs: git-scm.com/docs/git-config. */
function gitPins({ withHooks, platform, furtherPins }: EnvironmentOptions): NodeJS.ProcessEnv {
  const nowhere = platform === "win32" ? "NUL" : "/dev/null";
  const pins = [
    ["core.fsmonitor", "false"],
    ["core.pager", "cat"],
    ["safe.bareRepository", "explicit"],
    ...(withHooks ? [] : [["core.hooksPath", nowhere]]),
    // For a look at the work tree of a repository within this one git runs itself there, by the settings of that one.
    ...(withHooks ? [] : [["diff.ignoreSubmodules", "dirty"]]),
    ...furtherPins,
  ];
  const numbered = pins.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    GIT_PAGER: "cat",
    GIT_TERMINAL_PROMPT: "0",
    // Without the index being written back no hook hears of a look at it.
    ...(withHooks ? {} : { GIT_OPTIONAL_LOCKS: "0" }),
    GIT_CONFIG_COUNT: String(pins.length),
    ...Object.fromEntries(numbered),
  };
}

function upper(name: string): string {
  return name.toUpperCase();
}
