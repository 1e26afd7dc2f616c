/**
 * A text for VS Code's notifications, which make links of `[text](target)`, also of targets that run commands. What the model,
 * a file or another program wrote is not to become one.
 */
export function plainNotice(text: string): string {
  return text.replaceAll("](", "] (");
}
