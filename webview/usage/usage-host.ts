import type { FromUsageView, ToUsageView, UsageRange } from "../../src/protocol/usage-report.ts";
import { isRecord } from "../host-messages.ts";

const api = acquireVsCodeApi<FromUsageView>();

/** Asks for the first report, and hears every one. */
export function listenForReports(receive: (message: ToUsageView) => void): void {
  window.addEventListener("message", ({ origin, data }) => {
    const message = origin === window.origin ? parseToUsageView(data) : undefined;
    if (message !== undefined) receive(message);
  });
  api.postMessage({ type: "ready" });
}

export function showRange(range: UsageRange): void {
  api.postMessage({ type: "show", range });
}

export function exportCsv(): void {
  api.postMessage({ type: "export" });
}

/** The one place where a message from outside gets its type. The host is typed by the same protocol, so the outer shape is enough. */
function parseToUsageView(value: unknown): ToUsageView | undefined {
  if (!isRecord(value)) return undefined;
  const { type, message, report } = value;
  const isOurs = type === "failed" ? typeof message === "string" : type === "report" && isReport(report);
  return isOurs ? (value as unknown as ToUsageView) : undefined;
}

function isReport(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value["total"])) return false;
  return [value["days"], value["models"], value["sessions"], value["prices"]].every(Array.isArray);
}
