/** How the model's thinking is shown while it comes: folded, its last lines, or in a box that scrolls. */
export type ThinkingStyle = "collapsed" | "preview" | "fixedHeight";

/** How the transcript looks and speaks, as the user's settings say. */
export interface Display {
  readonly thinkingStyle: ThinkingStyle;
  /** Long lines of code go on in the next line. */
  readonly wrapsCode: boolean;
  /** Of prose, in CSS pixels; absent: VS Code's own. */
  readonly fontSize?: number;
  /** Screen readers are told each step, not only answers, questions and errors. */
  readonly speaksSteps: boolean;
}

export const defaultDisplay: Display = { thinkingStyle: "collapsed", wrapsCode: false, speaksSteps: true };
