/** Where the extension runs. */
export interface RulesMachine {
  /** The editor's name for the kind of remote: `ssh-remote`; undefined = the user's own machine. */
  readonly remoteName: string | undefined;
  /** On a remote the editor gives the extension plain file paths, so that only this tells two machines apart. */
  readonly hostName: string;
}

/** Under which name the rules of a window are kept. `folders`: the real path, or the URI, of each open folder. */
export function rulesKey({ remoteName, hostName }: RulesMachine, folders: readonly string[]): string {
  return `outcrop.rules ${JSON.stringify([remoteName ?? "", hostName, ...folders.toSorted()])}`;
}
