import { useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../primitives/button.tsx";
import { keyNames } from "../session/key-names.ts";
import { t } from "../strings.ts";
import { promptsFound } from "./found.ts";
import { slashCommands } from "./slash-commands.ts";

/** What can be typed into the composer. Escape closes it, as its button does. */
export function HelpCard({ onClose }: { readonly onClose: () => void }) {
  const card = useRef<HTMLElement>(null);
  useLayoutEffect(() => card.current?.focus(), []);
  const commands = [
    ...slashCommands().map(
      ({ name, argument, description }) => [`/${name} ${argument}`.trimEnd(), description] as const,
    ),
    ...promptsFound.value.map(({ name, description }) => [`/${name}`, description || t("Prompt file")] as const),
  ];
  const keys = [
    [t("# or @"), t("Attach a file, folder, symbol, problems, changes, a selection or a page")],
    [keyNames.addContext, t("Add Context…")],
    [t("Shift+drop"), t("Attach files from the Explorer or from elsewhere")],
    ["↑ ↓", t("Earlier prompts")],
    [keyNames.stop, t("Stop")],
    [keyNames.nextApproval, t("Go to the question that waits")],
    [`${keyNames.allow}, ${keyNames.skip}`, t("Allow it, skip it")],
  ] as const;
  return (
    <section
      class="help-card"
      aria-label={t("What can be typed here")}
      tabIndex={-1}
      ref={card}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        onClose();
      }}
    >
      <IconButton icon="close" class="help-close" label={t("Close")} onPress={onClose} />
      <Words title={t("Commands")} rows={commands} />
      <Words title={t("Marks and keys")} rows={keys} />
    </section>
  );
}

function Words({ title, rows }: { readonly title: string; readonly rows: readonly (readonly [string, string])[] }) {
  return (
    <>
      <div class="help-title">{title}</div>
      <dl class="help-words">
        {rows.map(([name, description]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
