/** Runs in a page of ours: posts a message and waits until what it changed is painted, with what Preact does after a paint, however busy the machine is. */
export async function postAndPaint(message: unknown): Promise<void> {
  const heard = new Promise((resolve) => window.addEventListener("message", resolve, { once: true }));
  window.postMessage(message, window.origin);
  await heard;
  for (let frame = 0; frame < 3; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    // After a paint Preact waits for a timer of no time.
    await new Promise((resolve) => setTimeout(resolve));
  }
}
