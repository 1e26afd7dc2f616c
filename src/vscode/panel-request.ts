import type { FromPanel, PanelCommand, ToHost } from "../protocol/panel-messages.ts";

/** What the panel asks for. */
export type PanelRequest = Exclude<FromPanel, { type: "focus" }>;

/** Commands, what links lead to, and what goes with the next prompt. */
const types = [
  ...(["fork", "new-chat", "command", "open-link", "open-file", "check-paths", "code-action"] as const),
  ...(["find-context", "attach", "open-attachment", "toggle-implicit", "find-prompts", "remove-attachment"] as const),
] as const;

/** What the panel may ask of no open session. */
export type WindowRequest = Extract<ToHost, { type: (typeof types)[number] }>;

/** What the panel may ask of the session that it shows. */
export type SessionRequest = Exclude<
  PanelRequest,
  WindowRequest | { type: "ready" | "send" | "send-while-running" | "keep-draft" | "keep-place" }
>;

/** Commands that act on the chat that is shown. */
const commands: ReadonlySet<PanelCommand> = new Set([
  ...(["configureTools", "escalate", "failover", "renameChat", "forkChat", "exportChat"] as const),
  ...(["allowAll", "defaultPermissions"] as const),
]);

export function isWindowRequest(message: PanelRequest): message is Extract<PanelRequest, WindowRequest> {
  return types.some((type) => type === message.type);
}

/** It is about what the panel shows, and void where that is another chat by now. */
export function isOfShownChat(message: WindowRequest): boolean {
  return message.type === "fork" || (message.type === "command" && commands.has(message.command));
}
