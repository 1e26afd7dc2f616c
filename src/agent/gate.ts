import type { TurnPause } from "../protocol/turn-pause.ts";
import type { PreparedCall, ToolContext, ToolSuccess } from "./tool.ts";

export type GateVerdict =
  | {
      readonly kind: "allow";
      /** Why nobody was asked, in one sentence; absent where the user was. */
      readonly allowedBy?: string;
      /** The only way to run the call: checked once more, its output and result masked, its end recorded. */
      run(context: ToolContext): Promise<ToolSuccess>;
      /** The time limit of `run` in milliseconds; `Infinity`: none. */
      readonly timeoutMs: number;
    }
  /** `message` is the toolResult: that nothing was done, and why. */
  | { readonly kind: "deny"; readonly message: string }
  /** Nothing was done, and the turn ends here until the user lifts it. */
  | { readonly kind: "pause"; readonly pause: TurnPause };

/** A call before the gate. */
export interface GateCall {
  /** The tool call's. */
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
  readonly call: PreparedCall;
  /** The same call made anew from the same input: what it touches may have changed while the user thought. */
  prepare(): Promise<PreparedCall>;
}

/** A call that never came to be judged: nobody has such a tool, or its input is of no use. */
export interface RefusedCall {
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
}

/** The choke point that every tool call passes between preparation and run. */
export interface Gate {
  /** A new prompt: what was allowed for a turn, and what a turn may use, begins anew. */
  beginTurn(turnId: string): void;
  /** What the user has said in this turn came with content from outside the workspace. */
  addUntrusted(): void;
  /** The user lets the turn go on after a pause. */
  lift(pause: TurnPause): void;
  /** Throws the signal's reason when the turn is cancelled while the user is asked. */
  authorize(call: GateCall, signal: AbortSignal): Promise<GateVerdict>;
  /** Counts and records a call that was refused with this message. Answers with a pause where it was one too many. */
  refused(call: RefusedCall, message: string): Promise<TurnPause | undefined>;
}
