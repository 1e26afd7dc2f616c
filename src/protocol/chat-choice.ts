/** `ask`: no tool that has an effect exists. */
export type ChatMode = "agent" | "ask";

/** `allow-all`: ordinary edits, commands and tasks of the chat run unasked. */
export type Permissions = "default" | "allow-all";

/** Which tools the user wants, by name; what is not named is as it is otherwise. */
export type ToolChoice = Readonly<Record<string, boolean>>;

/** What the user has chosen for one chat; absent: as the settings say. */
export interface ChatChoice {
  readonly mode?: ChatMode;
  readonly tools?: ToolChoice;
}
