// What plugins remember from one extension point to the next within one scheduling cycle (framework.CycleState).

/** Names a piece of state and its type. One plugin owns it. */
export interface StateKey<T> {
  readonly name: string;
  /** Never set: ties the type of the state to its key. */
  readonly type?: T;
}

export function stateKey<T>(name: string): StateKey<T> {
  return { name };
}

export class CycleState {
  readonly #values: Map<string, unknown>;
  /** Plugins whose PreFilter had nothing to do: their Filter is not called. */
  readonly skipFilter: Set<string>;
  /** Plugins whose PreScore had nothing to do: their Score is not called. */
  readonly skipScore: Set<string>;

  constructor(values: Iterable<readonly [string, unknown]> = [], skipFilter: Iterable<string> = []) {
    this.#values = new Map(values);
    this.skipFilter = new Set(skipFilter);
    this.skipScore = new Set();
  }

  read<T>(key: StateKey<T>): T | undefined {
    return this.#values.get(key.name) as T | undefined;
  }

  write<T>(key: StateKey<T>, value: T): void {
    this.#values.set(key.name, value);
  }

  /** A copy that can be written to on its own; the states themselves are immutable and shared. */
  clone(): CycleState {
    return new CycleState(this.#values, this.skipFilter);
  }
}
