// The few moves defaulting is made of. Objects are immutable, so each of them returns the same reference where nothing changes.
import { Attached } from '../../../base/attached.ts';
import { copyWith } from '../../../base/copy.ts';

/** The object with the fields it lacks; null and absent are the same, empty texts are what the caller says they are. */
export function withDefaults<T extends object>(object: T, defaults: Partial<T>): T {
  let result: T | undefined;
  for (const name in defaults) {
    if (object[name] !== undefined || defaults[name] === undefined) continue;
    result ??= copyWith(object, {});
    result[name] = defaults[name];
  }
  return result ?? object;
}

/** A change that is made once of each object, and makes nothing more of what it has made: a template is met again in each of its Pods. */
export function once<T extends object>(change: (object: T) => T): (object: T) => T {
  const made = new Attached<T, T>();
  return (object) => {
    const known = made.get(object);
    if (known) return known;
    const result = change(object);
    made.set(object, result);
    made.set(result, result);
    return result;
  };
}

/** The object with one field put through a function; a field that is not there stays so. */
export function withField<T extends object, K extends keyof T>(
  object: T,
  name: K,
  change: (value: NonNullable<T[K]>) => T[K],
): T {
  const value = object[name];
  if (value === undefined || value === null) return object;
  const changed = change(value);
  return changed === value ? object : copyWith(object, { [name]: changed });
}

/** The list with each item put through a function; the same list if no item changed. */
export function withItems<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let result: T[] | undefined;
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as T;
    const changed = change(item);
    if (changed === item) continue;
    result ??= [...items];
    result[i] = changed;
  }
  return result ?? items;
}

/** The object with one field that has the given defaults; a field that is not there is made of them. */
export function withFieldDefaults<T extends object, K extends keyof T>(
  object: T,
  name: K,
  defaults: Partial<NonNullable<T[K]>>,
): T {
  const value = object[name] ?? {};
  const changed = withDefaults(value, defaults as object) as T[K];
  return changed === object[name] ? object : copyWith(object, { [name]: changed });
}
