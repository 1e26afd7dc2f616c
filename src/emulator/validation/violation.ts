/** One reason for which Bedrock refuses a request. */
export interface Violation {
  /** Short name of the broken rule. */
  readonly rule: string;
  /** Where in the request, as `messages.2.content.0`. */
  readonly path: string;
  /** The text of the answer. */
  readonly message: string;
  /** `ValidationException` (400) unless said otherwise. */
  readonly exception?: "AccessDeniedException" | "ModelErrorException";
}

/** Makes a violation of the usual kind. */
export function violation(rule: string, path: string, message: string): Violation {
  return { rule, path, message };
}
