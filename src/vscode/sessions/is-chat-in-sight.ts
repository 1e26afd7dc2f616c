/** What decides whether the user has a chat before their eyes. */
export interface ChatSight {
  /** The panel shows this chat, not another one. */
  readonly isShown: boolean;
  /** The panel is open and not hidden behind something else. */
  readonly isPanelVisible: boolean;
  readonly isWindowFocused: boolean;
}

/** A window that is in the background may be behind another one, so that nothing in it counts as seen. */
export function isChatInSight({ isShown, isPanelVisible, isWindowFocused }: ChatSight): boolean {
  return isShown && isPanelVisible && isWindowFocused;
}
