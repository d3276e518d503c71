// The text of `kubectl describe`: lines of titles and values in columns (k8s.io/kubectl/pkg/describe, 1.36).
import { byteLength } from '../../../api/go-text.ts';
import { sortedKeys } from '../../../base/order.ts';
import { alignColumns, descriptionColumns } from '../printing/tab-writer.ts';

type Labels = Readonly<Record<string, string>> | undefined;

/** Annotations that only programs read. */
const hiddenAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';
const longestAnnotation = 140;

export class Description {
  /** What is laid out already. */
  #done = '';
  #text = '';

  /** One line; each level of indent is two spaces. Cells of a line end in tabs. */
  line(text: string, level = 0): void {
    this.#text += `${'  '.repeat(level)}${text}\n`;
  }

  field(title: string, value: string | number | boolean, level = 0): void {
    this.line(`${title}:\t${value}`, level);
  }

  /** Values below one another, `<none>` if there are none. */
  fields(title: string, values: readonly string[], level = 0): void {
    const [first = '<none>', ...more] = values;
    this.field(title, first, level);
    for (const value of more) this.line(`\t${value}`, level);
  }

  labels(title: string, labels: Labels, level = 0): void {
    this.fields(
      title,
      sortedKeys(labels ?? {}).map((key) => `${key}=${labels?.[key]}`),
      level,
    );
  }

  annotations(title: string, annotations: Labels, level = 0): void {
    const keys = sortedKeys(annotations ?? {}).filter((key) => key !== hiddenAnnotation);
    this.fields(
      title,
      keys.flatMap((key) => annotationLines(key, annotations?.[key] ?? '')),
      level,
    );
  }

  /** Rows below a line of titles and a line of dashes, as many as a title has letters unless `dashes` tells otherwise. */
  table(
    titles: readonly string[],
    rows: readonly (readonly string[])[],
    dashes: Readonly<Record<string, number>> = {},
    level = 1,
  ): void {
    this.line(titles.join('\t'), level);
    this.line(titles.map((title) => '-'.repeat(dashes[title] ?? title.length)).join('\t'), level);
    for (const row of rows) this.line(row.join('\t'), level);
  }

  /** Columns of what follows are laid out for themselves. */
  newColumns(): void {
    this.#done += alignColumns(this.#text, descriptionColumns);
    this.#text = '';
  }

  get text(): string {
    return this.#done + alignColumns(this.#text, descriptionColumns);
  }
}

/** An annotation that is long or has several lines stands below its key. */
function annotationLines(key: string, given: string): string[] {
  const value = given.replace(/\n$/, '');
  const long = byteLength(value) + byteLength(key) + 2 > longestAnnotation;
  if (!long && !value.includes('\n')) return [`${key}: ${value}`];
  return [`${key}:`, ...value.split('\n').map((line) => `  ${shortened(line, longestAnnotation - 2)}`)];
}

const shortened = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}...` : text);

export const yesNo = (value: boolean): string => (value ? 'True' : 'False');
