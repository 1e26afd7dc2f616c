import type { Capabilities } from "../capabilities.ts";
import { stableHash } from "./stable-hash.ts";

const longest = 64;
const suffixLength = 8;

/**
 * A tool's name as this model takes it. One that fits stays as it is. Any other is changed and ends in a hash of what
 * it was, so that two names never become one and the same name always becomes the same, in `toolConfig` and in history.
 */
export function toWireToolName(name: string, { hyphenInToolNames }: Pick<Capabilities, "hyphenInToolNames">): string {
  const allowed = hyphenInToolNames ? /^[a-zA-Z0-9_-]{1,64}$/u : /^[a-zA-Z0-9_]{1,64}$/u;
  return allowed.test(name) ? name : shortened(name.replace(/[^a-zA-Z0-9_]/gu, "_"), name);
}

/** The tool that the model means by a name in its answer; the name itself where it is none of ours. */
export function fromWireToolName(
  wireName: string,
  toolNames: readonly string[],
  capabilities: Pick<Capabilities, "hyphenInToolNames">,
): string {
  return toolNames.find((name) => toWireToolName(name, capabilities) === wireName) ?? wireName;
}

/** A `toolUseId` as this model takes it: Mistral's have exactly nine letters and digits. The same id gives the same. */
export function toWireToolUseId(id: string, form: Capabilities["toolUseId"]): string {
  switch (form) {
    case "free":
      return /^[a-zA-Z0-9_.:-]{1,64}$/u.test(id) ? id : shortened(id.replace(/[^a-zA-Z0-9_.:-]/gu, "_"), id);
    case "nine-alphanumerics":
      return /^[a-zA-Z0-9]{9}$/u.test(id) ? id : stableHash(id).slice(-9);
  }
}

function shortened(cleaned: string, original: string): string {
  return `${cleaned.slice(0, longest - suffixLength - 1)}_${stableHash(original).slice(-suffixLength)}`;
}
