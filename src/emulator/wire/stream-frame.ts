/**
 * One frame of a ConverseStream answer before it is encoded. `payload` is any JSON, `body` replaces it by raw text.
 * `delayMs` passes before the frame is sent.
 */
export type StreamFrame =
  | {
      readonly kind: "event";
      readonly type: string;
      readonly payload?: unknown;
      readonly body?: string;
      readonly delayMs?: number;
    }
  | {
      readonly kind: "exception";
      readonly type: string;
      readonly payload?: unknown;
      readonly body?: string;
      readonly delayMs?: number;
    }
  | { readonly kind: "error"; readonly code: string; readonly message: string; readonly delayMs?: number };
