// Normalises kubectl's tables: columns are cut in kubectl's own widths, cells normalised, then padded again for the symbols.
import { compareBytes } from '../../../src/base/order.ts';

const heads = new Set(['NAME', 'NAMESPACE', 'LAST', 'Type']);
const header = /^\s*[A-Z][A-Za-z()-]*( [A-Z()-]+)*(\s{2,}\S.*)+$/;
const age = /^(\d+[ydhms])+$/;
const over = /^(?:\d+[ydhms])+ (\(x\d+ over )(?:\d+[ydhms])+\)$/;
const ageColumns = new Set(['AGE', 'LAST SEEN', 'Age', 'DURATION', 'LAST SCHEDULE', 'FIRST SEEN']);

const indentOf = (line: string) => line.length - line.trimStart().length;
const firstWord = (line: string) => line.trim().split(/\s+/)[0] ?? '';
const isHeader = (line: string) => heads.has(firstWord(line)) && header.test(line);

export function normalizeTables(text: string, cell: (text: string) => string): string {
  const lines = podAges(text.split('\n'));
  const out: string[] = [];
  for (let i = 0; i < lines.length;) {
    const line = lines[i] ?? '';
    if (!isHeader(line)) {
      out.push(cell(ageLine(line)));
      i++;
      continue;
    }
    const indent = indentOf(line);
    let end = i + 1;
    const belongs = (row: string) => row.trim() !== '' && indentOf(row) >= indent && !isHeader(row);
    while (end < lines.length && belongs(lines[end] ?? '')) end++;
    out.push(...table(lines.slice(i, end), indent, cell));
    i = end;
  }
  return out.join('\n');
}

/** In the table of a node's Pods the last column is the age. */
function podAges(lines: string[]): string[] {
  let inPods = false;
  return lines.map((line) => {
    const words = line.trim().split(/\s+/);
    if (words.length > 2 && words[0] === 'Namespace' && words.at(-1) === 'Age') inPods = true;
    else if (!line.startsWith('  ')) inPods = false;
    else if (inPods && age.test(words.at(-1) ?? '')) return line.slice(0, -(words.at(-1) ?? '').length) + '<age>';
    return line;
  });
}

function ageLine(line: string): string {
  return /^(Duration:|\s*Age:)/.test(line) ? line.replace(/(:\s*)(\d+[ydhms])+$/, '$1<age>') : line;
}

function table(lines: string[], indent: number, cell: (text: string) => string): string[] {
  const starts = [...(lines[0] ?? '').matchAll(/\S+( \S+)*/g)].map((match) => match.index);
  const [head = [], ...body] = lines.map((line) =>
    starts.map((from, column) => line.slice(from, starts[column + 1] ?? line.length).trimEnd()),
  );
  const rows = body.map((row) => row.map((text, column) => normalizeCell(head[column] ?? '', text, cell)));
  if (head[0] === 'NAME') rows.sort((a, b) => compareBytes(a[0] ?? '', b[0] ?? ''));
  const pad = head[0] === 'Type' ? 2 : 3;
  const all = [head, ...rows];
  const widths = starts.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => {
    const cells = row.map((text, column) =>
      column === row.length - 1 ? text : text.padEnd((widths[column] ?? 0) + pad),
    );
    const line = ' '.repeat(indent) + cells.join('');
    return head[0] === 'Type' ? line.trimEnd() : line;
  });
}

function normalizeCell(column: string, text: string, cell: (text: string) => string): string {
  if (ageColumns.has(column)) {
    if (age.test(text)) return '<age>';
    const counted = over.exec(text);
    return counted ? `<age> ${counted[1]}<age>)` : text;
  }
  if (column === 'RESTARTS') return text.replace(/\((\d+[ydhms])+ ago\)/, '(<age> ago)');
  return cell(text);
}
