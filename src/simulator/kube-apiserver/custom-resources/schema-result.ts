// What a value is found to lack against a schema (kube-openapi/pkg/validation/validate Result, Kubernetes 1.36).
import {
  invalid,
  notSupported,
  required,
  tooLong,
  tooMany,
  typeInvalid,
  type FieldError,
} from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import { goJson } from '../../../base/json.ts';

/** Where a value stands; undefined for the object as a whole. */
export type Where = FieldPath | undefined;

const at = (where: Where) => where ?? '<nil>';
const nameOf = (where: Where) => where?.toString() ?? '';

/** An error and the validator's own text of it: what has the same text is told once. */
interface Problem {
  readonly text: string;
  readonly error: FieldError;
}

export class SchemaResult {
  readonly #problems: Problem[] = [];
  readonly #texts = new Set<string>();
  /** How many checks went well: which of several failed alternatives is told of depends on it. */
  matches = 0;

  get isValid(): boolean {
    return this.#problems.length === 0;
  }

  get errors(): readonly FieldError[] {
    return this.#problems.map(({ error }) => error);
  }

  merge(other: SchemaResult): void {
    for (const problem of other.#problems) this.#add(problem);
    this.matches += other.matches;
  }

  #add(problem: Problem): void {
    if (this.#texts.has(problem.text)) return;
    this.#texts.add(problem.text);
    this.#problems.push(problem);
  }

  /** An error that is about no field. */
  plain(text: string): void {
    this.#add({ text, error: invalid('<nil>', '', text) });
  }

  invalid(where: Where, value: unknown, what: string): void {
    this.worded(where, value, `${nameOf(where)} in body ${what}`);
  }

  /** An error with all of its text. */
  worded(where: Where, value: unknown, text: string): void {
    this.#add({ text, error: invalid(at(where), value, text) });
  }

  /** `value` is what was found: its type, or the text that has not the format. */
  type(where: Where, wanted: string, value: string): void {
    const text = `${nameOf(where)} in body must be of type ${wanted}: ${JSON.stringify(value)}`;
    this.#add({ text, error: typeInvalid(at(where), value, text) });
  }

  required(where: FieldPath): void {
    this.#add({ text: `${where.toString()} in body is required`, error: required(where) });
  }

  tooLong(where: Where, maximum: number): void {
    const text = `${nameOf(where)} in body should be at most ${maximum} chars long`;
    this.#add({ text, error: tooLong(at(where), maximum) });
  }

  tooMany(where: Where, actual: number, maximum: number, what: string): void {
    const text = `${nameOf(where)} in body should have at most ${maximum} ${what}`;
    this.#add({ text, error: tooMany(at(where), actual, maximum) });
  }

  notSupported(where: Where, value: unknown, values: readonly unknown[]): void {
    const text = `${nameOf(where)} in body should be one of ${goJson(values)}`;
    const shown = values.map((one) => (typeof one === 'string' ? one : goJson(one)));
    this.#add({ text, error: notSupported(at(where), value, shown) });
  }
}
