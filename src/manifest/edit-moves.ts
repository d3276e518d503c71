// Changes that keep what is written and only put it elsewhere: a value into a list, a field to where it belongs. Its comments go with it.
import type { PathSegment } from '../api/field-path.ts';
import { nameOf, partOf, walk, type Step } from './edit-steps.ts';
import type { TextEdit, YamlNode } from './yaml-node.ts';

/** The value as the only item of a list; undefined where that cannot be written around it. */
export function wrap(text: string, { node }: Step): TextEdit[] | undefined {
  if (node.kind === 'alias' || node.start === node.end || node.tag !== undefined || node.anchor !== undefined)
    return undefined;
  const stands = isFlow(node) && (node.kind !== 'scalar' || !/[,[\]{}\n]/.test(node.text));
  if (stands) return [insert(node.start, '['), insert(node.end, ']')];
  if (node.kind !== 'mapping' || column(text, node.start) !== indentOf(text, node.start)) return undefined;
  return [insert(node.start, '- '), ...linesWithin(text, node).map((at) => insert(at, '  '))];
}

/**
 * A field into the mapping at another path, which is made where absent, behind what is there.
 * Undefined where it would have to be written in another style.
 */
export function move(text: string, root: YamlNode, from: Step, to: readonly PathSegment[], removal: TextEdit) {
  const { step: target, left } = walk(root, to);
  const { node } = target;
  if (!('entry' in from) || node.kind !== 'mapping' || (node === from.parent && left.length === 0)) return undefined;
  const last = node.entries.at(-1);
  if (!last || left.some((segment) => 'index' in segment)) return undefined;
  const names = left.map((segment) => ('index' in segment ? '' : nameOf(segment)));
  const part = partOf(from.entry);
  if (node.start >= part.start && node.end <= part.end) return undefined;
  if (node.style === 'flow') {
    if (from.parent.style !== 'flow' && !isFlow(from.node)) return undefined;
    const open = names.map((name) => `"${name}": {`).join('');
    const moved = `, ${open}${text.slice(part.start, part.end)}${'}'.repeat(names.length)}`;
    return withRemoval(insert(last.value.end, moved), removal);
  }
  const end = from.parent.style === 'flow' ? part.end : endOfLine(text, part.end);
  const indent = column(text, node.start);
  const parents = names.map((name, depth) => `\n${' '.repeat(indent + 2 * depth)}${name}:`).join('');
  const own = indent + 2 * names.length;
  const moved = shifted(text.slice(part.start, end), own - column(text, part.start));
  return withRemoval(insert(endOfLine(text, last.value.end), `${parents}\n${' '.repeat(own)}${moved}`), removal);
}

/** Both in the order of the text; one edit where the field is put right behind where it was. */
function withRemoval(insertion: TextEdit, removal: TextEdit): TextEdit[] {
  const { start: at, newText } = insertion;
  if (at < removal.start) return [insertion, removal];
  if (at > removal.end || removal.newText !== '') return at < removal.end ? [] : [removal, insertion];
  return [{ ...removal, newText: at < removal.end ? `${newText.slice(1)}\n` : newText }];
}

/** Can stand in flow style as it is written. */
const isFlow = (node: YamlNode) =>
  node.kind === 'alias' || (node.kind === 'scalar' ? !isBlockScalar(node) : node.style === 'flow');

const insert = (at: number, newText: string): TextEdit => ({ start: at, end: at, newText });

const isBlockScalar = (node: YamlNode) =>
  node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');

const column = (text: string, at: number) => at - (text.lastIndexOf('\n', at - 1) + 1);

/** How many spaces the line of a place begins with. */
function indentOf(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /^ */.exec(text.slice(start, at))![0].length;
}

/** Where the lines of a node begin, behind its first; empty ones are left out. */
function linesWithin(text: string, { start, end }: YamlNode): number[] {
  const lines: number[] = [];
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    if (!/^\r?(\n|$)/.test(text.slice(at + 1, at + 3))) lines.push(at + 1);
  }
  return lines;
}

function shifted(lines: string, by: number): string {
  return by >= 0
    ? lines.replace(/\n(?=[^\r\n])/g, `\n${' '.repeat(by)}`)
    : lines.replace(new RegExp(`\n {0,${-by}}`, 'g'), '\n');
}

/** Where the line ends, a comment on it included. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
}
