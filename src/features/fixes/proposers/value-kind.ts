// A value of the wrong kind: quotes around what must be text, none around what must not, a list around what stands alone.
// The decoder stops at the first, so that all of them are mended together.
import { nodeAt } from '../../../manifest/index.ts';
import { resolvePlain } from '../../../manifest/scalar.ts';
import { segmentsOf } from '../../locate.ts';
import type { Declared } from '../../sources.ts';
import { lastName, set, wrap, type Change, type WrittenEdit } from '../change.ts';
import { mismatchesOf, type Mismatch } from '../mismatches.ts';
import type { Proposer } from '../proposer.ts';

interface Repair {
  readonly title: (field: string) => string;
  readonly edit: (declared: Declared, mismatch: Mismatch) => WrittenEdit | undefined;
}

export const valueKind: Proposer = {
  findings: ['mistyped-field'],
  propose({ declared, finding }) {
    const all = mismatchesOf(declared.object).flatMap((mismatch) => {
      const repair = repairOf(mismatch);
      const edit = repair?.edit(declared, mismatch);
      return repair && edit ? [{ path: mismatch.path, repair, edit }] : [];
    });
    const own = all.find(({ path }) => path === finding.field.path);
    if (!own) return [];
    const certain = { risk: 0, isSafe: true, isCertain: true };
    const title = own.repair.title(lastName(own.path));
    const one: Change = { id: `mend ${own.path}`, title, cost: 1, ...certain, edits: [own.edit] };
    if (all.length === 1) return [one];
    const together = `Correct the kind of ${all.length} values, as ${lastName(own.path)}`;
    // from the last to the first, so that no edit moves what is still to be found
    const edits = all.map(({ edit }) => edit).reverse();
    return [{ id: `mend ${all.length} values`, title: together, cost: 1, ...certain, edits }, one];
  },
};

function repairOf({ wants, has }: Mismatch): Repair | undefined {
  if (wants === 'string' && (has === 'number' || has === 'bool')) return quotes;
  if ((wants === 'number' || wants === 'bool') && has === 'string') return noQuotes;
  return wants === 'list' && has !== 'list' ? list : undefined;
}

/** What was written, character by character: 1.10 is another text than 1.1. */
const quotes: Repair = {
  title: (field) => `Put quotes around the value of ${field}`,
  edit: (declared, { path }) => {
    const text = plainTextAt(declared, path);
    return text === undefined ? undefined : set(declared, path, text);
  },
};

const noQuotes: Repair = {
  title: (field) => `Write the value of ${field} without quotes`,
  edit: (declared, { path, wants }) => {
    const node = nodeAt(declared.document, segmentsOf(declared, path));
    if (node?.kind !== 'scalar') return undefined;
    const scalar = resolvePlain(node.text.trim());
    if (wants === 'bool') return scalar.type === 'bool' ? set(declared, path, scalar.value) : undefined;
    return scalar.type === 'int' ? set(declared, path, Number(scalar.value)) : undefined;
  },
};

const list: Repair = {
  title: (field) => `Make ${field} a list`,
  edit: (declared, { path, has }) => {
    const text = has === 'object' ? undefined : plainTextAt(declared, path);
    const words = /\.(command|args)$/.test(path) ? text?.trim().split(/\s+/) : undefined;
    if (words && words.length > 1 && text) return set(declared, path, isPlainCommand(text) ? words : shell(path, text));
    return has === 'object' || has === 'string' ? wrap(declared, path) : set(declared, path, [text ?? '']);
  },
};

/** Has nothing that only a shell understands. */
const isPlainCommand = (text: string) => /^[\w ./:=@%+,-]+$/.test(text);

const shell = (path: string, text: string) => (path.endsWith('.command') ? ['sh', '-c', text] : [text]);

function plainTextAt(declared: Declared, path: string): string | undefined {
  const node = nodeAt(declared.document, segmentsOf(declared, path));
  return node?.kind === 'scalar' ? node.text : undefined;
}
