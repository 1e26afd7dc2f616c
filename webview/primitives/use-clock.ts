import { useEffect, useState } from "preact/hooks";

/**
 * The time, in milliseconds since the epoch, renewed while `ticking`.
 * @param periodMs between two renewals
 */
export function useClock(ticking: boolean, periodMs = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), periodMs);
    return () => clearInterval(timer);
  }, [ticking, periodMs]);
  return now;
}
