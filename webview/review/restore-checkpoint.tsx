import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { planRestore } from "../host.ts";
import { IconButton } from "../primitives/button.tsx";
import { t } from "../strings.ts";
import { turnParts } from "../turn-parts/turn-parts.ts";

interface RestoreCheckpointProps {
  readonly turnId: string;
  /** What the button stands beside. */
  readonly prompt: ComponentChildren;
  /** Other buttons of the prompt. */
  readonly children: ComponentChildren;
}

/** The way back to what was before a prompt: a button, and a question in place. */
export function RestoreCheckpoint({ turnId, prompt, children }: RestoreCheckpointProps) {
  const [asks, setAsks] = useState(false);
  const parts = turnParts.value;
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAsks(false);
    opener.current?.focus();
  };
  return (
    <>
      <div class="prompt-row">
        {prompt}
        <div class="prompt-actions">
          {children}
          <IconButton
            icon="discard"
            class="prompt-restore"
            label={t("Restore Checkpoint…")}
            title={t("Restore Checkpoint: files and conversation as they were before this prompt")}
            elementRef={opener}
            onPress={() => {
              if (!asks) planRestore(turnId);
              setAsks(!asks);
            }}
          />
        </div>
      </div>
      {asks && parts !== null && <parts.RestoreQuestion turnId={turnId} onClose={close} />}
    </>
  );
}
