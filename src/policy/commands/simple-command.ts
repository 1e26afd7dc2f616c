/** A word of a command as the program gets it: quotes and backslashes are gone. */
export interface CommandWord {
  readonly text: string;
  /** Offset into the line, in UTF-16 units. */
  readonly position: number;
}

export interface Redirection {
  /** As written, without a file descriptor: `>`, `>>`, `<`, `>&`, `<<<` … */
  readonly operator: string;
  readonly target: CommandWord;
}

/** A program with its arguments, as one line may have several of. */
export interface SimpleCommand {
  /** The program comes first; none where a line only redirects or assigns. */
  readonly words: readonly CommandWord[];
  readonly redirections: readonly Redirection[];
  /** It reads what the command before it prints. */
  readonly isPipedInto: boolean;
  /** It is inside a substitution, a group, a function or the text given to another shell. */
  readonly isNested: boolean;
  readonly start: number;
  readonly end: number;
}

/** The words' texts, the program first. */
export function textsOf(command: SimpleCommand): readonly string[] {
  return command.words.map(({ text }) => text);
}
