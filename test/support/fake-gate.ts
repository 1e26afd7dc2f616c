import type { Gate } from "../../src/agent/gate.ts";

export const allowAll: Gate = { authorize: async () => ({ kind: "allow" }) };

export function denyAll(message: string): Gate {
  return { authorize: async () => ({ kind: "deny", message }) };
}
