import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { focusComposer } from "../composer/draft.ts";
import { findPrompts } from "../host.ts";
import { helpRequests } from "./slash-commands.ts";

type Card = FunctionComponent<{ readonly onClose: () => void }>;

/** Above the composer after `/help`, loaded then. */
export function Help() {
  const [card, setCard] = useState<{ readonly View: Card } | null>(null);
  useEffect(() => {
    if (helpRequests.value === 0) return;
    findPrompts();
    void import("./mentions-chunk.ts").then(({ HelpCard }) => setCard({ View: HelpCard }));
  }, [helpRequests.value]);
  if (card === null) return null;
  const close = () => {
    setCard(null);
    focusComposer();
  };
  return <card.View onClose={close} />;
}
