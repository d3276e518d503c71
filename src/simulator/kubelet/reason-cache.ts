// Why the containers of a Pod could not be started, from the last attempt (pkg/kubelet/reason_cache.go).

interface StartFailure {
  /** `ErrImagePull`, `CrashLoopBackOff`, `CreateContainerError` … */
  readonly reason: string;
  readonly message: string;
}

export class ReasonCache {
  readonly #failures = new Map<string, Map<string, StartFailure>>();

  /** Keeps the outcome of one attempt; no failure: the container was started. */
  set(podUid: string, container: string, failure: StartFailure | undefined): void {
    const known = this.#failures.get(podUid) ?? new Map<string, StartFailure>();
    this.#failures.set(podUid, known);
    if (failure) known.set(container, failure);
    else known.delete(container);
  }

  get(podUid: string, container: string): StartFailure | undefined {
    return this.#failures.get(podUid)?.get(container);
  }

  forget(podUid: string): void {
    this.#failures.delete(podUid);
  }
}
