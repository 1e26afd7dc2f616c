import { Component } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Turn } from "../../src/protocol/chat-state.ts";
import { later } from "../later.ts";
import { currentTurn } from "../session/panel-state.ts";
import { AnswerView } from "./answer-view.tsx";
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
    return next.turn !== turn || next.position * position === 0;
  }

  override render({ turn, position }: TurnItemProps) {
    return <LiveTurn turn={turn} position={position} />;
  }
}

/** What streams in is rendered from here on, and not from the transcript. */
function LiveTurn({ turn: given, position }: TurnItemProps) {
  const running = position === 0 ? currentTurn.value : null;
  const turn = running?.id === given.id ? running : given;
  return (
    <>
      <PromptView turn={turn} />
      <AnswerItem turn={turn} position={position} />
    </>
  );
}

function AnswerItem({ turn, position }: TurnItemProps) {
  const element = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    if (element.current !== null) later.peek()?.holdHeight(element.current, turn);
  });
  return (
    // biome-ignore lint/a11y/noRedundantRoles: a li has its role from its parent alone, and that is no list here.
    <li class="answer" role="listitem" ref={element}>
      <AnswerView turn={turn} isLast={position === 0} />
    </li>
  );
}
