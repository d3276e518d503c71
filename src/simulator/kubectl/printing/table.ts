// Tables as `kubectl get` prints them. What a kind shows is the kind's printer's business (tables/<resource>.ts).
import type { KubeObject } from '../../../api/object.ts';
import { alignColumns, tableColumns } from './tab-writer.ts';

export interface Column {
  readonly name: string;
  /** Shown only with `-o wide`. */
  readonly wide?: boolean;
}

/** When a table is printed: ages are counted from here. Virtual milliseconds. */
export interface Moment {
  readonly now: number;
}

/** How a kind is printed: the server's print columns (k8s.io/kubernetes/pkg/printers/internalversion, 1.36). */
export interface TablePrinter {
  readonly columns: readonly Column[];
  /** The cells of an object, one for each column, the wide ones too. */
  readonly cells: (object: KubeObject, moment: Moment) => readonly string[];
}

/** A printer for objects of one kind. Names of columns in brackets are shown only with `-o wide`. */
export function tablePrinter<T extends KubeObject>(
  columns: readonly string[],
  cells: (object: T, moment: Moment) => readonly (string | number)[],
): TablePrinter {
  return {
    columns: columns.map((name) => (name.startsWith('[') ? { name: name.slice(1, -1), wide: true } : { name })),
    cells: (object, moment) => cells(object as T, moment).map(String),
  };
}

export interface TableOptions extends Moment {
  readonly wide?: boolean;
  readonly withNamespace?: boolean;
  readonly withLabels?: boolean;
  readonly withHeaders?: boolean;
  /** Before every name: `pod/`. */
  readonly namePrefix?: string;
}

/** The table of some objects of one kind, each line ended by a newline. */
export function printTable(printer: TablePrinter, objects: readonly KubeObject[], options: TableOptions): string {
  const { wide = false, withNamespace = false, withLabels = false, withHeaders = true, namePrefix = '' } = options;
  const shown = printer.columns.map((column) => wide || !column.wide);
  const nameColumn = printer.columns.findIndex(({ name }) => name === 'Name');
  const rows = objects.map((object) => {
    const cells = printer.cells(object, options).map((cell, i) => oneLine(i === nameColumn ? namePrefix + cell : cell));
    return [
      ...(withNamespace ? [object.metadata.namespace ?? ''] : []),
      ...cells.filter((_, i) => shown[i]),
      ...(withLabels ? [labelsText(object)] : []),
    ];
  });
  const header = [
    ...(withNamespace ? ['NAMESPACE'] : []),
    ...printer.columns.filter((_, i) => shown[i]).map(({ name }) => name.toUpperCase()),
    ...(withLabels ? ['LABELS'] : []),
  ];
  const lines = [...(withHeaders ? [header] : []), ...rows].map((cells) => `${cells.join('\t')}\n`);
  return alignColumns(lines.join(''), tableColumns);
}

/** A cell is cut at its first line break. */
function oneLine(text: string): string {
  const end = text.search(/[\f\n\r]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}

function labelsText({ metadata: { labels = {} } }: KubeObject): string {
  const entries = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return entries.sort().join(',') || '<none>';
}
