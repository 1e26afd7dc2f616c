/** Where a key leads in the transcript. */
export type WalkStep = "next-prompt" | "previous-prompt" | "next-code" | "previous-code" | "last" | "next" | "previous";
