// How long the scheduler's work takes, in virtual milliseconds, and when it tries again.
import { eventDelay } from '../kernel/durations.ts';

/** One scheduling cycle: Pods get their node one after the other. */
export const cycleTime = 1;

/** From the decision until the Binding is sent. Bindings don't hold up the next cycle. */
export const bindingDelay = 1;

/** From the decision until the Pod's condition is patched: the Event, recorded first, is written first. */
export const conditionDelay = eventDelay + 1;

/** From the decision until the first victims are told: the nomination is patched first. */
export const preemptionDelay = conditionDelay + 1;

/** A request of the scheduler's that another one waits for. */
export const requestTime = 1;

/** A Pod that waited so long for a change is tried again anyway; looked after every 30 s. */
export const maxInUnschedulable = 300_000;
export const flushInterval = 30_000;
