/** What the user wants of a call that runs for long. `wait`: until it ends; `use-output`: the model goes on, and so does the program. */
export type RunningChoice = "wait" | "use-output" | "stop";
