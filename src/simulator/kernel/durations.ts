// The stated model of how long things take, in virtual milliseconds. Nothing in a run is timed by a clock.
// The values are round numbers of the size measured on an idle cluster; what an image does is an option of the run.

/** From a write in kube-apiserver until a watcher has it. */
export const watchDelay = 2;

/** From a component's decision to record an Event until it is written (Events are written behind everything else). */
export const eventDelay = 3;

/** One round trip of kubectl to the server. */
export const kubectlRoundTrip = 5;

/** The next moment of a periodic activity, after now. */
export function nextTick(now: number, period: number, phase = 0): number {
  return phase + (Math.floor((now - phase) / period) + 1) * period;
}
