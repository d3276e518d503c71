// ResourceClaims as they will be once the scheduler's own writes have come through, and those that are being allocated: their
// devices are taken, but no other Pod may use the claim yet (dynamicresources' claimTracker).
import { keyOf, type ResourceResourceClaim } from '../../../api/object.ts';
import type { Lister } from './lister.ts';

export class ClaimTracker implements Lister<ResourceResourceClaim> {
  readonly #lister: Lister<ResourceResourceClaim>;
  readonly #pending = new Map<string, ResourceResourceClaim>();
  /** What the server answered, until the watch tells as much. */
  readonly #assumed = new Map<string, ResourceResourceClaim>();

  constructor(lister: Lister<ResourceResourceClaim>) {
    this.#lister = lister;
  }

  get(key: string): ResourceResourceClaim | undefined {
    return this.#newest(key, this.#lister.get(key));
  }

  *values(): Generator<ResourceResourceClaim> {
    for (const stored of this.#lister.values()) {
      yield this.#assumed.size === 0 ? stored : (this.#newest(keyOf(stored), stored) as ResourceResourceClaim);
    }
    for (const [key, claim] of this.#assumed) if (!this.#lister.get(key)) yield claim;
  }

  /** Claims with devices that were promised to a Pod on its way to its node. */
  get pending(): Iterable<ResourceResourceClaim> {
    return this.#pending.values();
  }

  isPending({ metadata: { uid = '' } }: ResourceResourceClaim): boolean {
    return this.#pending.has(uid);
  }

  addPending(allocated: ResourceResourceClaim): void {
    this.#pending.set(allocated.metadata.uid ?? '', allocated);
  }

  removePending({ metadata: { uid = '' } }: ResourceResourceClaim): void {
    this.#pending.delete(uid);
  }

  /** Takes the server's answer for what is stored, until the watch has something as new. */
  assume(claim: ResourceResourceClaim): void {
    this.#assumed.set(keyOf(claim), claim);
  }

  #newest(key: string, stored: ResourceResourceClaim | undefined): ResourceResourceClaim | undefined {
    const assumed = this.#assumed.get(key);
    if (!assumed || (stored && versionOf(stored) < versionOf(assumed))) return assumed ?? stored;
    if (stored) this.#assumed.delete(key);
    return stored ?? assumed;
  }
}

const versionOf = ({ metadata }: ResourceResourceClaim) => Number(metadata.resourceVersion ?? 0);
