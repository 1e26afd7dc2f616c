/** A post of the host: when it is made, in milliseconds from the start, and the text that it brings. */
export interface SeenPost {
  readonly at: number;
  readonly text: string;
  /** Whether there is anything to see of it: nothing is of the address of a link, or of the second line of a table. */
  readonly isSeen: boolean;
}

/** What the probe saw between `begin` and `end`. Times in milliseconds. */
export interface Seen {
  /** From each post to the end of the frame that shows its text, and to the start of the frame after that. */
  readonly painted: readonly number[];
  readonly nextFrame: readonly number[];
  /** From each key press to the end of the frame that shows its letter. */
  readonly keys: readonly number[];
  /** The time between two frames. */
  readonly gaps: readonly number[];
  /** Those over 50 ms. */
  readonly longTasks: readonly number[];
}

export interface Probe {
  begin(): void;
  end(): Seen;
  /** Posts what the host would, each as one message of a text delta. @returns when all of it is shown */
  stream(posts: readonly SeenPost[], seq: number): Promise<void>;
  /** Does something and waits until `isShown` holds. @returns the milliseconds to the end of the frame that shows it */
  until(start: () => void, isShown: () => boolean): Promise<number>;
  /** Waits for the end of the frame that follows. */
  afterFrame(): Promise<void>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Runs in the page. What arrived before a frame counts as shown at the end of the first one, paint included, in which the text changed. */
export function installProbe(): void {
  const frameEnd = new MessageChannel();
  let isWatching = false;
  let textChanged = false;
  /** Times of posts on their way, of those that have arrived, and how many of these had arrived when the frame began. */
  const posted: (number | undefined)[] = [];
  const arrived: number[] = [];
  const inFrame = { posts: 0, keys: 0 };
  let shownLast: readonly number[] = [];
  let pressedAt = 0;
  const typed: number[] = [];
  const frames: number[] = [];
  const seen = { painted: [] as number[], nextFrame: [] as number[], keys: [] as number[] };
  const longTasks: number[] = [];
  const waiting: (() => void)[] = [];

  const hear = (event: MessageEvent) => {
    const at = event.data?.type === "events" ? posted.shift() : undefined;
    if (at !== undefined) arrived.push(at);
  };
  window.addEventListener("message", hear, { capture: true });
  const press = ({ timeStamp }: Event) => {
    pressedAt = timeStamp;
  };
  document.addEventListener("keydown", press, { capture: true });
  document.addEventListener("input", () => typed.push(pressedAt), { capture: true });
  new MutationObserver((records) => {
    textChanged ||= records.some(({ target }) => {
      const element = target instanceof Element ? target : target.parentElement;
      return (element?.closest(".answer, .bare") ?? null) !== null;
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const taskObserver = new PerformanceObserver((list) => keepTasks(list.getEntries()));
  taskObserver.observe({ type: "longtask" });
  function keepTasks(entries: readonly PerformanceEntry[]): void {
    for (const { duration } of entries) longTasks.push(duration);
  }

  function frame(): void {
    requestAnimationFrame(frame);
    const now = performance.now();
    if (isWatching) frames.push(now);
    for (const at of shownLast) seen.nextFrame.push(now - at);
    shownLast = [];
    inFrame.posts = arrived.length;
    inFrame.keys = typed.length;
    frameEnd.port2.postMessage(null);
  }
  frameEnd.port1.onmessage = () => {
    const now = performance.now();
    if (textChanged) shownLast = arrived.splice(0, inFrame.posts);
    textChanged = false;
    for (const at of shownLast) seen.painted.push(now - at);
    for (const at of typed.splice(0, inFrame.keys)) seen.keys.push(now - at);
    for (const resolve of waiting.splice(0)) resolve();
  };
  requestAnimationFrame(frame);

  const afterFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => waiting.push(resolve)));
  const afterTimer = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  window.probe = {
    begin() {
      for (const list of [posted, arrived, typed, frames, longTasks, ...Object.values(seen)]) list.length = 0;
      taskObserver.takeRecords();
      shownLast = [];
      textChanged = false;
      isWatching = true;
    },
    end() {
      isWatching = false;
      keepTasks(taskObserver.takeRecords());
      const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
      return { ...seen, gaps, longTasks };
    },
    async stream(posts, seq) {
      const start = performance.now() + 20;
      // The host does not wait for the page: what a busy one makes late counts from its own time.
      for (const [index, { at, text, isSeen }] of posts.entries()) {
        const wait = start + at - performance.now();
        if (wait > 0) await afterTimer(wait);
        posted.push(isSeen ? start + at : undefined);
        const events = [{ type: "text-delta", block: 0, text }];
        window.postMessage({ type: "events", seq: seq + index + 1, events }, window.origin);
      }
      // What a later post took back before it was shown changes nothing.
      for (let frames = 0; frames < 30 && posted.length + arrived.length > 0; frames += 1) await afterFrame();
    },
    async until(start, isShown) {
      const from = performance.now();
      start();
      while (!isShown()) await afterFrame();
      return performance.now() - from;
    },
    afterFrame,
  };
}
