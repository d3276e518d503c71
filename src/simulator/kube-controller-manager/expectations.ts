// What a controller has asked for and not yet seen in its informers: until then its picture is behind, and it must not act
// on it again (k8s.io/kubernetes/pkg/controller/controller_utils.go, UIDTrackingControllerExpectations).

interface Expected {
  creations: number;
  readonly deletions: Set<string>;
}

export class Expectations {
  readonly #expected = new Map<string, Expected>();

  /** Whether everything that was asked for in the name of the key has been seen. */
  satisfied(key: string): boolean {
    const expected = this.#expected.get(key);
    return !expected || (expected.creations <= 0 && expected.deletions.size === 0);
  }

  /** Both at once. */
  expect(key: string, creations: number, deletions: readonly string[]): void {
    this.#expected.set(key, { creations, deletions: new Set(deletions) });
  }

  expectCreations(key: string, creations: number): void {
    this.expect(key, creations, []);
  }

  /** `objects`: keys of what is to be deleted; a deletion may be seen twice. */
  expectDeletions(key: string, objects: readonly string[]): void {
    this.expect(key, 0, objects);
  }

  creationSeen(key: string): void {
    const expected = this.#expected.get(key);
    if (expected) expected.creations--;
  }

  deletionSeen(key: string, object: string): void {
    this.#expected.get(key)?.deletions.delete(object);
  }

  forget(key: string): void {
    this.#expected.delete(key);
  }
}
