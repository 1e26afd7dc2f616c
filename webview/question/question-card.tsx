import { useState } from "preact/hooks";
import type { OpenQuestion } from "../../src/protocol/question.ts";
import { keepAnswer, keptAnswer } from "../composer/draft.ts";
import { answerQuestion } from "../host.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { openQuestions } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { QuestionOptions } from "./question-options.tsx";

/** The oldest question that waits for the user. Like an approval, it never takes the focus. */
export function QuestionCard() {
  const [question] = openQuestions.value;
  return question === undefined ? null : <QuestionForm key={question.id} question={question} />;
}

function QuestionForm({ question }: { readonly question: OpenQuestion }) {
  const { id, text, options, multiple } = question;
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [written, setWritten] = useState(() => keptAnswer(id));
  const [sent, setSent] = useState(false);
  const empty = chosen.length === 0 && written.trim() === "";
  const post = (answer: Parameters<typeof answerQuestion>[1]) => {
    if (sent) return;
    setSent(true);
    keepAnswer(id, "");
    answerQuestion(id, answer);
  };
  const submit = () => {
    if (!empty) post({ kind: "answer", chosen, text: written.trim() });
  };
  const choose = (index: number) => {
    const others = chosen.filter((other) => other !== index);
    if (!multiple) setChosen([index]);
    else setChosen(others.length < chosen.length ? others : [...chosen, index].toSorted());
  };
  const count = openQuestions.value.length;
  return (
    <form
      class="batch question"
      aria-label={t("Question: {0}", visibleText(text))}
      data-question={id}
      tabIndex={-1}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        const { key, target } = event;
        const bare = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
        if (!bare || event.isComposing || target instanceof HTMLButtonElement) return;
        if (key === "Enter") {
          if (!event.repeat) submit();
        } else if (target instanceof HTMLTextAreaElement || !/^[1-9]$/.test(key) || Number(key) > options.length)
          return;
        else {
          choose(Number(key) - 1);
          event.currentTarget.querySelectorAll("input")[Number(key) - 1]?.focus();
        }
        event.preventDefault();
      }}
    >
      <div class="question-text">
        {visibleText(text)}
        {count > 1 && <span class="question-count"> {t("1 of {0}", count)}</span>}
      </div>
      <QuestionOptions question={question} chosen={chosen} onChoose={choose} />
      <textarea
        class="approval-feedback"
        rows={1}
        maxLength={10_000}
        value={written}
        placeholder={options.length === 0 ? t("Write your answer") : t("Or write your own answer")}
        aria-label={t("Your answer. Enter submits, Shift+Enter breaks the line.")}
        onInput={(event) => {
          setWritten(event.currentTarget.value);
          keepAnswer(id, event.currentTarget.value);
        }}
      />
      <div class="approval-buttons">
        <Button kind="primary" disabled={empty || sent} title={t("Submit the answer (Enter)")} onPress={submit}>
          {t("Submit")}
        </Button>
        <Button disabled={sent} title={t("Go on without an answer")} onPress={() => post({ kind: "skip" })}>
          {t("Skip")}
        </Button>
      </div>
    </form>
  );
}
