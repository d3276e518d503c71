// Finds in an object the parts that no rule looks at.
import { isObject } from '../../../base/json.ts';
import { remembering } from '../../../base/remembering.ts';
import type { UnknownField, UnmodelledField } from './validation.ts';

const stepsOf = remembering(500, (pattern) => pattern.match(/[^.[\]]+|\[[^\]]+\]/g) ?? []);

/** The parts of the object that match one of the patterns, each pattern at most once. */
export function unmodelledFields(object: unknown, fields: readonly UnmodelledField[] = []): UnknownField[] {
  const unknown: UnknownField[] = [];
  for (const field of fields) {
    const { pattern, reason, within = '' } = field;
    const root = within ? stepsOf(within).reduce<unknown>(childOf, object) : object;
    const path = new Search(field, stepsOf(pattern), root).find(root, 0, within, '');
    if (path !== undefined) unknown.push({ path, reason });
  }
  return unknown;
}

const childOf = (value: unknown, name: string) => (isObject(value) ? value[name] : undefined);

class Search {
  readonly #field: UnmodelledField;
  readonly #steps: readonly string[];
  readonly #root: unknown;

  constructor(field: UnmodelledField, steps: readonly string[], root: unknown) {
    this.#field = field;
    this.#steps = steps;
    this.#root = root;
  }

  /** The first place where the steps lead to something the field speaks of; undefined if there is none. */
  find(value: unknown, at: number, path: string, key: string): string | undefined {
    if (value === undefined || value === null) return undefined;
    const step = this.#steps[at];
    if (step === undefined) return this.#field.applies?.(value, key, this.#root) === false ? undefined : path;
    if (step !== '[*]') return this.find(childOf(value, step), at + 1, path ? `${path}.${step}` : step, step);
    for (const name in value) {
      const found = this.find(value[name as keyof typeof value], at + 1, `${path}[${name}]`, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
