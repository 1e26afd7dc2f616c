import { computed, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { announce } from "../announcements/announcer.tsx";
import { attachContext } from "../attachments/attach-context.ts";
import { draft } from "../composer/draft.ts";
import { findContext, findPrompts } from "../host.ts";
import { Icon } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { plural, t } from "../strings.ts";
import { contextFound, promptsFound } from "./found.ts";
import { activeOption, listId, type MentionList } from "./list-of-input.ts";
import { commandOptions, contextOptions, type MentionOption } from "./mention-options.ts";
import { type Trigger, triggerAt } from "./trigger.ts";

interface OpenList {
  readonly input: HTMLTextAreaElement;
  readonly trigger: Trigger;
  readonly mark: string;
  /** The number of the query whose answers count. */
  readonly query: number;
}

const open = signal<OpenList | null>(null);
const active = signal(0);
let queries = 0;
/** Closed with Escape: it stays so for this mark. */
let dismissed: string | undefined;

const options = computed<readonly MentionOption[]>(() => {
  const list = open.value;
  if (list === null) return [];
  if (list.trigger.kind === "command") return commandOptions(list.trigger.query, promptsFound.value);
  // What was found for the letters before stands until the answer is there.
  return contextOptions(list.mark, list.trigger.query, contextFound.value.items);
});

const isSearching = computed(() => {
  const list = open.value;
  if (list === null || list.trigger.kind === "command") return false;
  return contextFound.value.query !== list.query || !contextFound.value.isComplete;
});

export const mentionList: MentionList = { follow, takeKey, close, View };

function follow(input: HTMLTextAreaElement): void {
  const trigger = input.selectionStart === input.selectionEnd ? triggerAt(input.value, input.selectionEnd) : undefined;
  if (trigger === undefined) {
    dismissed = undefined;
    close();
    return;
  }
  const mark = input.value[trigger.start] ?? "#";
  if (dismissed === placeOf(trigger)) return;
  dismissed = undefined;
  const before = open.value;
  if (before !== null && before.trigger.start === trigger.start && before.trigger.query === trigger.query) return;
  if (trigger.kind === "context") findContext(++queries, trigger.query);
  else if (before === null) findPrompts();
  if (before === null && trigger.kind === "context")
    contextFound.value = { query: queries, items: [], isComplete: false };
  active.value = 0;
  open.value = { input, trigger, mark, query: queries };
}

function placeOf({ kind, start }: Trigger): string {
  return `${kind} ${start}`;
}

function close(): void {
  open.value = null;
  activeOption.value = null;
}

function takeKey(event: KeyboardEvent): boolean {
  const list = open.value;
  if (list === null || event.ctrlKey || event.metaKey || event.altKey) return false;
  const last = options.value.length - 1;
  switch (event.key) {
    case "Escape":
      dismissed = placeOf(list.trigger);
      close();
      return true;
    case "ArrowDown":
      active.value = active.value >= last ? 0 : active.value + 1;
      return last >= 0;
    case "ArrowUp":
      active.value = active.value <= 0 ? Math.max(0, last) : active.value - 1;
      return last >= 0;
    case "Enter":
    case "Tab": {
      const chosen = options.value[active.value];
      if (chosen === undefined || event.shiftKey) {
        close();
        return false;
      }
      // A command that is typed whole and takes nothing is run by the composer.
      if (event.key === "Enter" && isTyped(chosen, list)) {
        close();
        return false;
      }
      accept(chosen);
      return true;
    }
    default:
      return false;
  }
}

function isTyped({ command }: MentionOption, { trigger, input }: OpenList): boolean {
  return command !== undefined && trigger.query === command.name && input.value.trim() === `/${command.name}`;
}

/** Writes what was chosen instead of what was typed, and attaches it. */
function accept({ written, reference, label }: MentionOption): void {
  const list = open.value;
  if (list === null) return;
  const { input, trigger } = list;
  const end = trigger.start + 1 + trigger.query.length;
  const rest = input.value.slice(end);
  const text = `${input.value.slice(0, trigger.start)}${written}${rest.startsWith(" ") ? "" : " "}`;
  close();
  draft.value = text + rest;
  input.value = draft.value;
  const caret = text.length + (rest.startsWith(" ") ? 1 : 0);
  input.setSelectionRange(caret, caret);
  input.focus();
  if (reference === undefined) return;
  attachContext(reference);
  announce(t("Attached {0}", label));
}

function View() {
  const list = open.value;
  const rows = options.value;
  const box = useRef<HTMLDivElement>(null);
  const at = Math.min(active.value, rows.length - 1);
  const id = rows.length === 0 ? null : optionId(at);
  useEffect(() => {
    activeOption.value = list === null ? null : id;
  }, [list, id]);
  useEffect(() => {
    if (list !== null && rows.length > 0 && !isSearching.value)
      announce(plural(rows.length, "{0} suggestion", "{0} suggestions"));
  }, [list, rows.length]);
  useLayoutEffect(
    () => box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }),
    [at, list],
  );
  if (list === null) return null;
  const label = list.trigger.kind === "command" ? t("Commands") : t("Context");
  const note = noteFor(rows.length, list);
  return (
    <div class="mentions" ref={box}>
      {(rows.length > 0 || isSearching.value) && (
        <div role="listbox" id={listId} aria-label={label} aria-busy={isSearching.value}>
          {rows.map((row, index) => (
            <Row key={row.key} row={row} index={index} selected={index === at} />
          ))}
        </div>
      )}
      {note !== "" && <div class="mentions-note">{note}</div>}
    </div>
  );
}

function noteFor(rows: number, { trigger }: OpenList): string {
  if (isSearching.value) return t("Searching…");
  if (rows > 0) return "";
  return trigger.kind === "command" ? t("No such command: it is sent as text.") : t("Nothing found.");
}

function Row({
  row,
  index,
  selected,
}: {
  readonly row: MentionOption;
  readonly index: number;
  readonly selected: boolean;
}) {
  const { icon, label, description } = row;
  return (
    // The input keeps the focus, and with it the keyboard: the option is pointed to by aria-activedescendant.
    <div
      role="option"
      id={optionId(index)}
      class="mention"
      aria-selected={selected}
      tabIndex={-1}
      title={description === "" ? label : `${label} – ${description}`}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => {
        active.value = index;
      }}
      onClick={() => accept(row)}
      onKeyDown={() => undefined}
    >
      <Icon name={icon} />
      <span class="mention-label">{visibleText(label)}</span>
      <span class="mention-description">{visibleText(description)}</span>
    </div>
  );
}

function optionId(index: number): string {
  return `mention-${index}`;
}
