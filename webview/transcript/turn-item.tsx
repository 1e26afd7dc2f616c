import { Component } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Turn } from "../../src/protocol/chat-state.ts";
import { AnswerView } from "./answer-view.tsx";
import { useHeldHeight } from "./hold-height.ts";
import { PromptView } from "./prompt-view.tsx";

interface TurnItemProps {
  readonly turn: Turn;
  /** Counted from the end: 0 is the last turn. */
  readonly position: number;
}

/** One turn of the transcript. An unchanged turn is not rendered again, however long the session is. */
export class TurnItem extends Component<TurnItemProps> {
  override shouldComponentUpdate(next: TurnItemProps): boolean {
    const { turn, position } = this.props;
    return next.turn !== turn || isRecent(next.position) !== isRecent(position) || next.position * position === 0;
  }

  override render({ turn, position }: TurnItemProps) {
    return (
      <>
        <PromptView turn={turn} />
        <AnswerItem turn={turn} isLast={position === 0} recent={isRecent(position)} />
      </>
    );
  }
}

/** Turns this close to the end are laid out always, so that following the end never meets an estimated height. */
function isRecent(position: number): boolean {
  return position < 3;
}

interface AnswerItemProps {
  readonly turn: Turn;
  readonly isLast: boolean;
  readonly recent: boolean;
}

function AnswerItem({ turn, isLast, recent }: AnswerItemProps) {
  const element = useRef<HTMLLIElement>(null);
  const skippable = !recent && turn.phase.kind === "ended";
  useEffect(() => {
    const { current } = element;
    if (current === null || !skippable) return;
    // Off-screen turns are not laid out; their measured height stands in, so that nothing moves.
    const height = Math.ceil(current.getBoundingClientRect().height);
    current.style.setProperty("contain-intrinsic-block-size", `auto ${height}px`);
    current.style.setProperty("content-visibility", "auto");
  }, [skippable]);
  useHeldHeight(element, turn);
  return (
    <li class="answer" ref={element}>
      <AnswerView turn={turn} isLast={isLast} />
    </li>
  );
}
