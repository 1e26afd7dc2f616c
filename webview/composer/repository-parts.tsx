import { visibleText } from "../markdown/visible-text.ts";
import { context } from "../session/panel-state.ts";
import { t } from "../strings.ts";

/** What the repository brings, before the first prompt. */
export function RepositoryParts() {
  const lines = context.value?.repository ?? [];
  if (lines.length === 0) return null;
  return (
    <section class="batch" aria-label={t("This repository brings")}>
      <div class="batch-count">{t("This repository brings")}</div>
      <ul class="batch-list">
        {lines.map((line) => (
          <li key={line}>{visibleText(line)}</li>
        ))}
      </ul>
    </section>
  );
}
