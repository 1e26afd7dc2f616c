/** A theme as VS Code hands it to a webview: classes on the body and variables on the root. */
export interface Theme {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Fonts of every theme. */
export const fonts = {
  "--vscode-font-family": "system-ui, sans-serif",
  "--vscode-font-size": "13px",
  "--vscode-font-weight": "normal",
  "--vscode-editor-font-family": "monospace",
  "--vscode-editor-font-size": "12px",
  "--vscode-editor-font-weight": "normal",
};
