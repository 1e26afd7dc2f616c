import { useEffect } from "preact/hooks";
import { Announcer } from "./announcements/announcer.tsx";
import { BatchBar } from "./approval/batch-bar.tsx";
import { Composer } from "./composer/composer.tsx";
import { RepositoryParts } from "./composer/repository-parts.tsx";
import { PlanView } from "./plan/plan-view.tsx";
import { QuestionCard } from "./question/question-card.tsx";
import { ChangesBar } from "./review/changes-bar.tsx";
import { listenToPanelKeys } from "./session/panel-keys.ts";
import { context, display, hasTurns } from "./session/panel-state.ts";
import { t } from "./strings.ts";
import { EmptyState } from "./transcript/empty-state.tsx";
import { Transcript } from "./transcript/transcript.tsx";
import { loadTurnParts, turnParts } from "./turn-parts/turn-parts.ts";

/** The whole panel. Nothing but the frame is shown until the first snapshot, which takes some milliseconds. */
export function Panel() {
  useEffect(listenToPanelKeys, []);
  useEffect(loadTurnParts, []);
  const parts = turnParts.value;
  const { wrapsCode, fontSize } = display.value;
  return (
    <div class={wrapsCode ? "panel wraps-code" : "panel"} style={{ "--outcrop-prose": fontSize && `${fontSize}px` }}>
      <main class="panel-main">
        <h1 class="visually-hidden">{t("Outcrop chat")}</h1>
        {context.value !== null && !hasTurns.value ? <EmptyState /> : <Transcript />}
      </main>
      <BatchBar />
      <RepositoryParts />
      <PlanView />
      <ChangesBar />
      <QuestionCard />
      {parts !== null && <parts.QueueList />}
      {context.value !== null && <Composer />}
      <Announcer />
    </div>
  );
}
