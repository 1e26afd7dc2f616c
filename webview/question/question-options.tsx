import type { OpenQuestion } from "../../src/protocol/question.ts";
import { Icon } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { t } from "../strings.ts";

interface QuestionOptionsProps {
  readonly question: OpenQuestion;
  readonly chosen: readonly number[];
  readonly onChoose: (index: number) => void;
}

/** Rows as in VS Code's own lists, each with the digit that chooses it. */
export function QuestionOptions({ question: { id, text, options, multiple }, chosen, onChoose }: QuestionOptionsProps) {
  if (options.length === 0) return null;
  return (
    <fieldset
      class="question-options"
      aria-label={multiple ? t("{0} Several may be chosen.", visibleText(text)) : visibleText(text)}
      onKeyDown={(event) => {
        // Radio buttons walk by themselves.
        if (multiple && walk(event.currentTarget, event.key)) event.preventDefault();
      }}
    >
      {options.map(({ label, description }, index) => (
        <label class="question-option" key={label}>
          <input
            type={multiple ? "checkbox" : "radio"}
            name={id}
            checked={chosen.includes(index)}
            onChange={() => onChoose(index)}
          />
          <span class="question-digit" aria-hidden="true">
            {index + 1}
          </span>
          <span class="question-label">
            {visibleText(label)}
            {description !== undefined && <span class="question-description">{visibleText(description)}</span>}
          </span>
          <span class="question-mark">
            <Icon name="check" />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function walk(list: HTMLElement, key: string): boolean {
  if (key !== "ArrowDown" && key !== "ArrowUp") return false;
  const inputs: readonly Element[] = [...list.querySelectorAll("input")];
  const focused = document.activeElement === null ? -1 : inputs.indexOf(document.activeElement);
  const next = inputs.at((focused + (key === "ArrowDown" ? 1 : -1)) % inputs.length);
  if (next instanceof HTMLElement) next.focus();
  return true;
}
