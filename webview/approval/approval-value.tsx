import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ApprovalDetail, ApprovalRequest } from "../../src/protocol/approval.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { markRead } from "../session/approvals.ts";
import { formatSize, plural, t } from "../strings.ts";
import { type ValueRow, valueRows } from "./value-rows.ts";

/** Rows that are built at once. */
const page = 300;
/** How far from the end still counts as the end, and how far ahead the next rows are built, in CSS pixels. */
const endMargin = 4;
const buildAhead = 400;

interface ApprovalValueProps {
  readonly request: ApprovalRequest;
  /** Of the detail in the request. */
  readonly index: number;
  readonly detail: ApprovalDetail;
}

/**
 * A value in a box that scrolls. What is longer than the box has to be scrolled to its end, or unfolded, before the request
 * can be allowed. Each line is isolated, so that text of the other direction turns nothing around outside its line.
 */
export function ApprovalValue({ request, index, detail: { label, value, format } }: ApprovalValueProps) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => valueRows(visibleText(value), format === "diff"), [value, format]);
  const [built, setBuilt] = useState(page);
  const [unfolded, setUnfolded] = useState(false);
  const [overflows, setOverflows] = useState(false);
  const allBuilt = built >= rows.length;
  const look = () => {
    const element = box.current;
    if (element === null || element.clientHeight === 0) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const left = scrollHeight - scrollTop - clientHeight;
    setOverflows(scrollHeight > clientHeight + endMargin);
    if (allBuilt && left <= endMargin) markRead(request, index);
    else if (!allBuilt && left <= buildAhead) setBuilt(built + page);
  };
  useEffect(() => {
    if (box.current === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [allBuilt, built]);
  const pages = useMemo(() => buildPages(rows, built), [rows, built]);
  const showAll = () => {
    setBuilt(rows.length);
    setUnfolded(true);
    markRead(request, index);
  };
  const scrolls = !unfolded && (overflows || !allBuilt);
  useLayoutEffect(() => {
    // What scrolls has to be reached by keyboard.
    if (scrolls) box.current?.setAttribute("tabindex", "0");
    else box.current?.removeAttribute("tabindex");
  }, [scrolls]);
  return (
    <>
      <div
        class={`approval-value approval-value-${format ?? "text"} ${unfolded ? "approval-value-unfolded" : ""}`}
        ref={box}
        dir="ltr"
        onScroll={look}
      >
        {pages}
      </div>
      {scrolls && (
        <div class="approval-value-foot">
          <span>{describeLength(value)}</span>
          <Button kind="link" title={t("Show All of {0}", visibleText(label))} onPress={showAll}>
            {t("Show All")}
          </Button>
        </div>
      )}
    </>
  );
}

/** Only the first `built` rows. A page that stays is the same element, which Preact passes over. */
function buildPages(rows: readonly ValueRow[], built: number) {
  const pages: ReturnType<typeof RowPage>[] = [];
  for (let start = 0; start < Math.min(built, rows.length); start += page) {
    pages.push(<RowPage key={start} rows={rows.slice(start, start + page)} />);
  }
  return pages;
}

function RowPage({ rows }: { readonly rows: readonly ValueRow[] }) {
  return (
    <div class="value-page">
      {rows.map(({ kind, text, continues }, index) => (
        <div key={index} class={`value-row value-${kind} ${continues ? "value-continued" : ""}`} dir="ltr">
          {text === "" ? "\n" : text}
        </div>
      ))}
    </div>
  );
}

function describeLength(value: string): string {
  const lines = value.split("\n").length;
  return t("{0}, {1}", plural(lines, "{0} line", "{0} lines"), formatSize(new Blob([value]).size));
}
