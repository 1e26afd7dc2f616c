import type { ToHost, ToWebview } from "../src/protocol/panel-messages.ts";

/** What VS Code gives a webview, once per page. https://code.visualstudio.com/api/extension-guides/webview */
export interface VsCodeApi<Message = ToHost> {
  postMessage(message: Message): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi<Message = ToHost>(): VsCodeApi<Message>;
}

/**
 * The one place where a message from outside gets its type. The host is trusted and typed by the same protocol, so the outer
 * shape is enough; what is not ours is undefined.
 */
export function parseHostMessage(value: unknown): ToWebview | undefined {
  if (!isRecord(value)) return undefined;
  return hasHostShape(value) ? (value as unknown as ToWebview) : undefined;
}

function hasHostShape(message: Readonly<Record<string, unknown>>): boolean {
  switch (message["type"]) {
    case "snapshot":
      return Number.isInteger(message["seq"]) && isChat(message["chat"]) && isContext(message["context"]);
    case "events":
      return Number.isInteger(message["seq"]) && isListOfRecords(message["events"]);
    case "context":
      return isContext(message["context"]);
    case "review":
      return isRecord(message["review"]) && isListOfRecords(message["review"]["files"]);
    case "prefill":
      return typeof message["text"] === "string";
    case "context-found":
      return Number.isInteger(message["query"]) && isListOfRecords(message["items"]);
    case "paths-missing":
      return Array.isArray(message["paths"]);
    case "prompts-found":
      return isListOfRecords(message["prompts"]);
    case "focus-composer":
    case "focus-approval":
    case "toggle-todos":
    case "drop-drafts":
      return true;
    default:
      return false;
  }
}

function isChat(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { sessionId, past, current } = value;
  return typeof sessionId === "string" && isListOfRecords(past) && (current === null || isRecord(current));
}

function isContext(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return isRecord(value["connection"]) && isListOfRecords(value["attachments"]) && Array.isArray(value["suggestions"]);
}

function isListOfRecords(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRecord);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
