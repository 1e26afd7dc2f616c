import type { PanelContext } from "../../../../src/protocol/panel-messages.ts";
import type { PanelPage } from "../panel-page.ts";

/** A state of the panel as docs/panel-states.md shows it. */
export interface PicturedState {
  /** In one line, below its name. */
  readonly about: string;
  /** Absent: a Bedrock model is chosen. */
  readonly context?: PanelContext;
  /** In CSS pixels; absent: as high as most states need. */
  readonly height?: number;
  /** Brings the panel into the state; absent: it opens in it. */
  readonly play?: (panel: PanelPage) => Promise<void>;
}

/** States by the name of their picture. */
export type PicturedStates = Readonly<Record<string, PicturedState>>;
