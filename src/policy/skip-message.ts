/** What the model is told of a call that the user skipped. */
export function skipMessage(feedback: string): string {
  const said = feedback.trim();
  const reason = said === "" ? "" : ` The user says: ${said}`;
  return `The user skipped this call. Nothing was run or changed.${reason}`;
}
