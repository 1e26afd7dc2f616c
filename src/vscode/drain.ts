/**
 * Waits for the end of something that comes piece by piece: as long as pieces come, and no longer than `silenceMs` milliseconds
 * without one, or in all where the signal is aborted. `count`: the pieces so far.
 */
export async function drain(
  end: Promise<unknown>,
  count: () => number,
  { silenceMs, signal }: { readonly silenceMs: number; readonly signal: AbortSignal },
): Promise<void> {
  let before: number;
  do {
    before = count();
    if (await comesWithin(end, silenceMs)) return;
  } while (!signal.aborted && count() !== before);
}

async function comesWithin(end: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const hasCome = await Promise.race([end.then(() => true), late]);
  clearTimeout(timer);
  return hasCome;
}
