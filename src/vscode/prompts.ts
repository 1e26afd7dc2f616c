/** One thing that can be picked. */
export interface Choice<Value> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: Value;
}

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** It is not shown, and nowhere remembered. */
  readonly password?: true;
  /** What is wrong with a text, as a sentence. */
  readonly problemOf?: (text: string) => string | undefined;
}

/** Questions of a command, one after another. Undefined: the user has closed one, and nothing is to be done. */
export interface Prompts {
  pick<Value>(title: string, choices: readonly Choice<Value>[]): Promise<Value | undefined>;
  /** Without spaces at its ends. */
  ask(question: TextQuestion): Promise<string | undefined>;
}
