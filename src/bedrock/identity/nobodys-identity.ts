import { Identity } from "./identity.ts";

/** Outside VS Code: nothing is stored there, and nobody is asked. */
export function nobodysIdentity(): Identity {
  return new Identity({ stored: () => ({}), askMfaCode: async () => undefined, onSecret: () => {} });
}
