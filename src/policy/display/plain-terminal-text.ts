/**
 * Escape sequences (ECMA-48): strings of OSC, DCS, SOS, PM and APC with their end, control sequences, two-letter
 * escapes; each with ESC or its C1 form. A string without an end stops at the line's: output behind it stays.
 */
const sequences =
  /(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x9c|\x1b\\|(?=[\x1b\n])|$)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[ -/]*[0-~]?/gu;
const otherControls = /[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]/gu;

/**
 * What a terminal would show in the end: sequences removed (cursor, colours, titles, links, the clipboard), what a
 * carriage return or a backspace let later characters cover resolved, bells and other controls gone.
 */
export function plainTerminalText(text: string): string {
  return text.replace(sequences, "").split("\n").map(plainLine).join("\n");
}

function plainLine(line: string): string {
  const printed = line.replace(/\r+$/u, "");
  return (/[\r\b]/u.test(printed) ? overwritten(printed) : printed).replace(otherControls, "");
}

function overwritten(line: string): string {
  const cells: string[] = [];
  let column = 0;
  for (const letter of line) {
    if (letter === "\r") column = 0;
    else if (letter === "\b") column = Math.max(0, column - 1);
    else cells[column++] = letter;
  }
  return cells.join("");
}
