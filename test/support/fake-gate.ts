import type { Gate, GateCall, GateVerdict } from "../../src/agent/gate.ts";

/** Runs what it is given. */
export function permit({ call }: GateCall): GateVerdict {
  return { kind: "allow", run: (context) => call.run(context), timeoutMs: call.timeoutMs };
}

export function fakeGate(authorize: Gate["authorize"]): Gate {
  const nothing = (): void => undefined;
  return { beginTurn: nothing, addUntrusted: nothing, lift: nothing, refused: async () => undefined, authorize };
}

export const allowAll: Gate = fakeGate(async (asked) => permit(asked));

export function denyAll(message: string): Gate {
  return fakeGate(async () => ({ kind: "deny", message }));
}
