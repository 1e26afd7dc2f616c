/**
 * Takes the place of a program's own words in what is shown live of it: what is written there is nobody's but the user's,
 * and it is typed in the terminal. No part of what the model gets.
 */
export const secretNote = "(It seems to ask for a secret: type it in its terminal.)\n";

const prompt =
  /(?:password|passphrase|passcode|\bpin\b|one-time code|verification code|secret|token)[^\n]{0,80}[:?]\s*$/i;

/** How far back a prompt is looked for, in UTF-16 units. */
const longest = 200;

/** Whether a line that is not ended yet asks for what nobody else may see: `[sudo] password for ada:`. */
export function asksForSecret(openLine: string): boolean {
  return prompt.test(openLine.slice(-longest));
}
