import { createHash } from "node:crypto";
import * as z from "zod";

/** What was decided about a call, written before it runs. */
export interface DecisionEntry {
  readonly event: "decision";
  readonly session: string;
  readonly turn: string;
  /** The tool call's id. */
  readonly call: string;
  readonly tool: string;
  /** SHA-256, hex, of what the decision is about. */
  readonly digest: string;
  /** Canonical paths, commands, tasks: never contents. */
  readonly targets: readonly string[];
  readonly decision: "allow" | "ask" | "deny";
  /** `rule:` and its id where a rule decided. */
  readonly by: "default" | "user" | "floor" | "allow-all" | `rule:${string}`;
  readonly labels: readonly string[];
}

/** What came of a call that ran. */
export interface OutcomeEntry {
  readonly event: "outcome";
  readonly session: string;
  readonly turn: string;
  readonly call: string;
  readonly tool: string;
  /** A program's exit code, or how the call ended. */
  readonly exit: number | "succeeded" | "failed" | "cancelled";
  /** Of the result that the model gets. */
  readonly bytes: number;
}

/** What a model call cost. */
export interface CostEntry {
  readonly event: "cost";
  readonly session: string;
  readonly turn: string;
  /** US dollars. */
  readonly cost: number;
}

/** The user turned Allow All on, or it went off. */
export interface PermissionsEntry {
  readonly event: "permissions";
  readonly session: string;
  readonly turn: string;
  readonly level: "default" | "allow-all";
}

export type AuditEntry = DecisionEntry | OutcomeEntry | CostEntry | PermissionsEntry;

/** A line of the log: an entry, its place in the chain and the SHA-256 of the line before it. */
export type AuditRecord = AuditEntry & {
  /** From 1, without gaps over all files of a chain. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly prevHash: string;
};

/** `prevHash` of a chain's first line. */
export const firstHash = "0".repeat(64);

/** SHA-256, hex, of a line without its newline. */
export function hashLine(line: string): string {
  return createHash("sha256").update(line, "utf8").digest("hex");
}

const linkSchema = z.looseObject({
  seq: z.int().positive(),
  time: z.iso.datetime(),
  session: z.string(),
  turn: z.string(),
  event: z.enum(["decision", "outcome", "cost", "permissions"]),
  prevHash: z.string().length(64),
});

/** What the chain needs of a line; undefined for one that is no record. */
export function parseLink(line: string): { readonly seq: number; readonly prevHash: string } | undefined {
  try {
    return linkSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
