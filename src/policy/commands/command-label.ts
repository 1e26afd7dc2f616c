/** What makes a command line more than ordinary; shown on its card. */
export type CommandLabel =
  | "outside workspace"
  | "protected file"
  | "secret file"
  | "ignored file"
  | "network"
  | "not understood"
  | "runs with privileges"
  | "interpreter"
  | "background"
  | "hidden characters"
  | "direction controls";
