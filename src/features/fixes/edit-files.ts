// Writes changes into the texts of files, and says them as edits of the texts as they were.
import { applyEdit } from '../../manifest/edits.ts';
import type { TextEdit } from '../../manifest/index.ts';
import { updateSource, type ParsedFile } from '../sources.ts';
import type { WrittenEdit } from './change.ts';
import type { FileEdits } from './fix.ts';

export interface Edited {
  /** All files, those that changed with their new text. */
  readonly files: readonly ParsedFile[];
  readonly edits: readonly FileEdits[];
}

/** Undefined if one of the changes does not fit what is written (an alias, a field that is no list). */
export function editFiles(files: readonly ParsedFile[], edits: readonly WrittenEdit[]): Edited | undefined {
  const edited = files.map((file) => ({ file, edit: editFile(file, edits) }));
  if (edited.some(({ edit }) => !edit)) return undefined;
  return {
    files: edited.map(({ file, edit }) =>
      edit?.length ? updateSource(file, changed(file.manifest.text, edit)) : file,
    ),
    edits: edited.flatMap(({ file, edit }) => (edit?.length ? [{ file: file.name, edits: edit }] : [])),
  };
}

function editFile(file: ParsedFile, edits: readonly WrittenEdit[]): TextEdit[] | undefined {
  let current = file;
  const made: TextEdit[] = [];
  for (const { declared, edit } of edits) {
    if (declared.file.name !== file.name) continue;
    const document = current.manifest.documents[declared.document.index];
    const changes = document ? applyEdit(document, edit) : [];
    if (changes.length === 0) return undefined;
    // the last one first: none of them moves those before it
    made.push(...changes.toReversed());
    current = updateSource(current, changed(current.manifest.text, changes));
  }
  return combined(made, file.manifest.text, current.manifest.text);
}

/** The text after edits that stand in order. */
export function changed(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight((done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end), text);
}

/** Edits that were made one after the other as edits of the first text, which stand in order. */
export function combined(made: readonly TextEdit[], before: string, after: string): TextEdit[] {
  return composed(made) ?? [difference(before, after)];
}

/** Edits that were made one after the other, by the offsets of the first text; undefined if one touches what another has made. */
function composed(made: readonly TextEdit[]): TextEdit[] | undefined {
  const done: TextEdit[] = [];
  for (const { start, end, newText } of made) {
    let shift = 0;
    let index = 0;
    for (; index < done.length; index++) {
      const before = done[index]!;
      const from = before.start + shift;
      if (end < from) break;
      if (start <= from + before.newText.length) return undefined;
      shift += before.newText.length - (before.end - before.start);
    }
    done.splice(index, 0, { start: start - shift, end: end - shift, newText });
  }
  return done;
}

/** One edit from the first difference to the last. */
function difference(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, newText: after.slice(start, after.length - same) };
}
