export const isMac = /Mac/.test(navigator.platform);

/** There Ctrl+Escape opens the Start menu, so that VS Code's chat has another key beside it. */
export const isWindows = (): boolean => /Win/.test(navigator.platform);

/** Of the keys that the panel itself hears, so that nobody can have given them others. Shown in tooltips. */
export const keyNames = {
  allow: isMac ? "⌘Enter" : "Ctrl+Enter",
  skip: isMac ? "⌥⌘Enter" : "Ctrl+Alt+Enter",
  nextApproval: "F8",
  other: isMac ? "⌥Enter" : "Alt+Enter",
  focusApproval: isMac ? "⇧⌘A" : "Ctrl+Shift+A",
  selectModel: isMac ? "⌥⌘." : "Ctrl+Alt+.",
  addContext: isMac ? "⌘/" : "Ctrl+/",
  stop: isMac ? "⌘Escape" : isWindows() ? "Alt+Backspace" : "Ctrl+Escape",
};
