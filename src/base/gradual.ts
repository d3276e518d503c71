// Work that may be paused and given up: whoever drives it decides when, because only the edges know what time it is.

/** Yields when a pause is due; ends with its result. */
export type Gradual<T> = Generator<undefined, T, void>;

/** Whether whoever drives the work wants it to pause now. Asked often, so it must be cheap. */
export type IsDue = () => boolean;

export const never: IsDue = () => false;

/** The result of work that is done without a pause. */
export function finished<T>(work: Gradual<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
