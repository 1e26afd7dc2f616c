/** The command line is wrong; the message says how. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}
