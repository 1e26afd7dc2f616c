import { userSettings } from "./user-settings.ts";

/** The extension's settings as the user wrote them, empty text meaning unset. */
export interface Settings {
  /** The named configuration whose values go before the plain settings; undefined where none is chosen. */
  readonly configuration: string | undefined;
  /** Why that configuration cannot be used, as a sentence. Nothing may be sent then. */
  readonly configurationProblem: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly model: string | undefined;
  readonly endpoint: string | undefined;
  readonly authentication: "automatic" | "aws" | "apiKey" | "keys" | "none";
  /** As it was written. Whoever sends it checks it and refuses what is wrong: a header left out is another request. */
  readonly requestHeaders: unknown;
  readonly maxTokens: number;
  readonly maxSteps: number;
  readonly maxRetries: number;
  /** Longest silence before the first event, and while the model thinks, writes text or a tool's input: milliseconds. */
  readonly limits: {
    readonly firstByteMs: number;
    readonly thinkingMs: number;
    readonly textMs: number;
    readonly toolInputMs: number;
  };
  readonly compaction: "automatic" | "ask" | "off";
}

/**
 * Reads the settings. All are of scope `machine` or `application`: VS Code takes them from the user, never from a folder's own
 * settings.json, so a repository cannot choose endpoint, profile or limits. A value of the wrong type counts as unset.
 */
export function readSettings(): Settings {
  const { active, get: read } = userSettings();
  const text = (key: string): string | undefined => {
    const value = read(key);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const integer = (key: string, least: number, fallback: number): number => {
    const value = read(key);
    return typeof value === "number" && Number.isInteger(value) && value >= least ? value : fallback;
  };
  return {
    configuration: active.kind === "none" ? undefined : active.name,
    configurationProblem: active.kind === "wrong" ? active.problem : undefined,
    region: text("region"),
    profile: text("profile"),
    model: text("model"),
    endpoint: text("endpoint"),
    authentication: authentication(text("authentication")),
    requestHeaders: read("requestHeaders"),
    maxTokens: integer("maxTokens", 1, 8192),
    maxSteps: integer("maxSteps", 1, 25),
    maxRetries: integer("maxRetries", 0, 5),
    limits: {
      firstByteMs: integer("firstByteTimeout", 1, 120) * 1000,
      thinkingMs: integer("thinkingTimeout", 1, 300) * 1000,
      textMs: integer("textTimeout", 1, 120) * 1000,
      toolInputMs: integer("toolInputTimeout", 1, 300) * 1000,
    },
    compaction: compactionMode(text("compaction")),
  };
}

function authentication(value: string | undefined): Settings["authentication"] {
  return value === "aws" || value === "apiKey" || value === "keys" || value === "none" ? value : "automatic";
}

function compactionMode(value: string | undefined): Settings["compaction"] {
  return value === "ask" || value === "off" ? value : "automatic";
}
