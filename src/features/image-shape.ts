// What a file about images may hold, key by key, as media/schemas/images.schema.json has it for editors: a slip in it would be obeyed by nobody.
import { nearest } from '../analyzer/suggest.ts';
import type { PathSegment } from '../api/field-path.ts';
import { isObject } from '../base/json.ts';
import { parseDuration } from '../simulator/index.ts';

type Scalar = 'text' | 'number' | 'flag' | 'duration' | 'end';

/** A value, the keys of a map that are known, whatever keys (`each`), or a list (`items`). */
export type ImageShape =
  | Scalar
  | { readonly keys: Readonly<Record<string, ImageShape>> }
  | { readonly each: ImageShape }
  | { readonly items: ImageShape };

const timed = { until: 'duration', sleep: 'duration' } as const;
const run = { exit: 'number', after: 'end', oom: 'flag', message: 'text', log: 'text' } as const;
const answers = { items: { keys: { ...timed, status: 'number', body: 'text' } } } as const;
const executions = {
  items: { keys: { ...timed, exit: 'number', stdout: 'text', stderr: 'text', error: 'text' } },
} as const;

const container = {
  createError: 'text',
  startError: 'text',
  runs: { items: { keys: run } },
  stop: { keys: { exit: 'number', delay: 'duration', ignoreTerm: 'flag' } },
  listen: { items: { keys: { port: 'number', after: 'duration', paths: { each: answers } } } },
  exec: { each: executions },
} as const;

const pull = { delay: 'duration', size: 'number', error: 'text', code: 'text', failTimes: 'number' } as const;

export const imageShape: ImageShape = {
  keys: {
    images: { each: { keys: { ...container, pull: { keys: pull }, user: 'text' } } },
    containers: { each: { keys: container } },
    sandbox: { keys: { error: 'text', failTimes: 'number' } },
  },
};

export interface ShapeProblem {
  readonly path: readonly PathSegment[];
  /** The key is wrong, not its value. */
  readonly isKey: boolean;
  readonly says: string;
}

/** The first thing that is not as it should be. */
export function shapeProblem(
  value: unknown,
  shape: ImageShape = imageShape,
  path: readonly PathSegment[] = [],
): ShapeProblem | undefined {
  const wrong = (wants: string) => ({ path, isKey: false, says: `${shown(path)} should be ${wants}` });
  if (typeof shape === 'string') return scalars[shape].fits(value) ? undefined : wrong(scalars[shape].wants);
  if ('items' in shape) {
    if (!Array.isArray(value)) return wrong('a list');
    return firstOf(value.entries(), ([index, item]) => shapeProblem(item, shape.items, [...path, { index }]));
  }
  if (!isObject(value)) return wrong('a map of keys and values');
  return firstOf(Object.entries(value), ([field, inner]) => {
    const at = [...path, { field }];
    if ('each' in shape) return shapeProblem(inner, shape.each, at);
    const known = Object.hasOwn(shape.keys, field) ? shape.keys[field] : undefined;
    return known === undefined ? unknownKey(field, shape.keys, path) : shapeProblem(inner, known, at);
  });
}

function unknownKey(field: string, keys: object, path: readonly PathSegment[]): ShapeProblem {
  const meant = nearest(field, Object.keys(keys));
  const advice = meant === undefined ? `it may have ${Object.keys(keys).join(', ')}` : `did you mean ${meant}?`;
  const says = `${path.length === 0 ? 'the file' : shown(path)} has no key ${field}: ${advice}`;
  return { path: [...path, { field }], isKey: true, says };
}

const isDuration = (value: unknown) => typeof value === 'string' && parseDuration(value) !== undefined;

const scalars: Readonly<Record<Scalar, { wants: string; fits: (value: unknown) => boolean }>> = {
  text: { wants: 'a text', fits: (value) => typeof value === 'string' },
  number: { wants: 'a whole number', fits: (value) => Number.isInteger(value) },
  flag: { wants: 'true or false', fits: (value) => typeof value === 'boolean' },
  duration: { wants: 'a duration such as 4s or 1m30s', fits: isDuration },
  end: { wants: 'a duration such as 4s, or never', fits: (value) => value === 'never' || isDuration(value) },
};

function firstOf<T>(items: Iterable<T>, find: (item: T) => ShapeProblem | undefined): ShapeProblem | undefined {
  for (const item of items) {
    const problem = find(item);
    if (problem) return problem;
  }
  return undefined;
}

/** `images[nginx:1.27].runs[0]`. */
function shown(path: readonly PathSegment[]): string {
  const text = path.map((segment) => {
    if ('index' in segment) return `[${segment.index}]`;
    const field = 'field' in segment ? segment.field : '';
    return /^\w+$/.test(field) ? `.${field}` : `[${field}]`;
  });
  return text.join('').slice(1) || 'the file';
}
