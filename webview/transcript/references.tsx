import type { Turn } from "../../src/protocol/chat-state.ts";
import { openFile } from "../host.ts";
import { Icon } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Disclosure } from "../primitives/disclosure.tsx";
import { plural } from "../strings.ts";
import { type Reference, referencesOf } from "./references-of.ts";

/** What a turn read, folded: each file opens at its first line. */
export function References({ turn }: { readonly turn: Turn }) {
  const references = referencesOf(turn);
  if (references.length === 0) return null;
  return (
    <Disclosure
      class="references"
      header={<span>{plural(references.length, "Used {0} reference", "Used {0} references")}</span>}
    >
      {() => (
        <ul>
          {references.map((reference) => (
            <li key={labelOf(reference)}>
              <button
                type="button"
                class="chip chip-button"
                title={visibleText(reference.path)}
                onClick={() => openFile(reference.path, reference.startLine)}
              >
                <Icon name="file" />
                <span class="chip-label">{visibleText(labelOf(reference))}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Disclosure>
  );
}

function labelOf({ path, startLine, endLine }: Reference): string {
  if (startLine === undefined) return path;
  return endLine === undefined ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
}
