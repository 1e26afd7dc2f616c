import { existsSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const descriptors = "/proc/self/fd";

/** Open files and sockets: idle connections keep no process alive and so are in no list of Node's. 0 where it is not Linux. */
export function countDescriptors(): number {
  return existsSync(descriptors) ? readdirSync(descriptors).length : 0;
}

/** What keeps the process alive, by kind, as `process.getActiveResourcesInfo()` names it. */
export type ResourceCount = Readonly<Record<string, number>>;

export function countResources(): ResourceCount {
  const count: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) count[kind] = (count[kind] ?? 0) + 1;
  return count;
}

/** What there is more of than before, after all that was about to close has had its time. */
export async function leftOver(before: ResourceCount, patienceMs = 10_000): Promise<ResourceCount> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const more = Object.entries(countResources()).filter(([kind, count]) => count > (before[kind] ?? 0));
    if (more.length === 0 || performance.now() > until) return Object.fromEntries(more);
    // Unlike a timer, an immediate is over before it could be counted.
    await sleep(20);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

setFlagsFromString("--expose-gc");
// Code that is thrown away and compiled again would be the largest part of what is measured.
setFlagsFromString("--no-flush-bytecode");
// What optimised code depends on is kept in lists on the heap, which grow for as long as more code gets hot.
for (const compiler of ["opt", "maglev", "sparkplug"]) setFlagsFromString(`--no-${compiler}`);
const collect: unknown = runInNewContext("gc");

/** Bytes of the heap that are still in use after a collection of garbage; compiled code, which grows as it gets hot, aside. */
export async function heapAfterCollection(): Promise<number> {
  if (typeof collect !== "function") throw new Error("This Node has no garbage collection on request.");
  // Twice: the first round queues finalizers that the second frees.
  for (let round = 0; round < 2; round++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const spaces = getHeapSpaceStatistics().filter(({ space_name }) => !/code|trusted/.test(space_name));
  return spaces.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}

/** Least squares: bytes per turn. */
export function slopeOf(samples: readonly { readonly turn: number; readonly heap: number }[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const turns = mean(samples.map(({ turn }) => turn));
  const heaps = mean(samples.map(({ heap }) => heap));
  const covariance = mean(samples.map(({ turn, heap }) => (turn - turns) * (heap - heaps)));
  return covariance / mean(samples.map(({ turn }) => (turn - turns) ** 2));
}
