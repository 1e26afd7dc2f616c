import type { ChangedFile } from "../../src/protocol/review.ts";
import { redoRestore, reviewFiles } from "../host.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button, IconButton } from "../primitives/button.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { chat, review, running } from "../session/panel-state.ts";
import { formatNumber, plural, t } from "../strings.ts";

/** The files that this chat changed and the user has not said to keep, above the composer; and the way back from a restore. */
export function ChangesBar() {
  const { files, canRedo } = review.value;
  const redo = !running.value && (canRedo || chat.value?.rewound !== undefined);
  if (files.length === 0 && !redo) return null;
  const count = plural(files.length, "{0} file changed", "{0} files changed");
  return (
    <section class="batch changes" aria-label={t("Changed files")}>
      {redo && (
        <div class="batch-row">
          <span class="batch-count">{t("Checkpoint restored")}</span>
          <Button title={t("Bring back what the checkpoint took back")} onPress={redoRestore}>
            {t("Redo")}
          </Button>
        </div>
      )}
      {files.length > 0 && (
        <Disclosure
          class="changes-list"
          header={
            <span class="changes-count">
              {count} <Lines files={files} />
            </span>
          }
        >
          {() => (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
            <ul tabIndex={0} aria-label={count}>
              {files.map((file, index) => (
                <ChangeRow key={file.path} file={file} index={index} />
              ))}
            </ul>
          )}
        </Disclosure>
      )}
      {files.length > 0 && (
        <div class="batch-row">
          {/* Nothing is over yet while the turn runs. */}
          <Button kind={running.value ? "secondary" : "primary"} onPress={() => reviewFiles("keep")}>
            {t("Keep All")}
          </Button>
          <Button onPress={() => reviewFiles("undo")}>{t("Undo All…")}</Button>
          <IconButton icon="diff-multiple" label={t("Show Changes")} onPress={() => reviewFiles("open")} />
        </div>
      )}
    </section>
  );
}

function ChangeRow({ file, index }: { readonly file: ChangedFile; readonly index: number }) {
  const { path, state, notKept = false } = file;
  const label = visibleText(file.label);
  const [, folder = "", name = label] = /^(.*)[/\\](.+)$/.exec(label) ?? [];
  return (
    <li class={`change-${state}`} data-change={index}>
      <button type="button" class="change-name" title={visibleText(path)} onClick={() => reviewFiles("open", path)}>
        <span class="visually-hidden">{t("Show changes of {0}", label)}</span>
        <span aria-hidden="true">
          {name} {folder !== "" && <span class="change-folder">{folder}</span>}
        </span>
      </button>
      {state === "created" && <span class="change-state">{t("new")}</span>}
      {state === "deleted" && <span class="change-state">{t("deleted")}</span>}
      <Lines files={[file]} />
      <IconButton icon="check" label={t("Keep {0}", label)} onPress={() => reviewFiles("keep", path)} />
      <IconButton
        icon="discard"
        label={t("Undo {0}", label)}
        disabled={notKept}
        title={notKept ? t("What the file was is not kept") : t("Undo {0}", label)}
        onPress={() => reviewFiles("undo", path)}
      />
    </li>
  );
}

/** For example `+12 −3`; of a side that has none nothing. */
function Lines({ files }: { readonly files: readonly ChangedFile[] }) {
  const known = files.flatMap(({ lines }) => lines ?? []);
  if (known.length === 0) return null;
  const added = known.reduce((sum, lines) => sum + lines.added, 0);
  const removed = known.reduce((sum, lines) => sum + lines.removed, 0);
  return (
    <span class="change-lines">
      {(added > 0 || removed === 0) && <span class="change-added">+{formatNumber(added)}</span>}{" "}
      {removed > 0 && <span class="change-removed">−{formatNumber(removed)}</span>}
    </span>
  );
}
