// Everything that may be mended unseen, one after the other: each fix is proved on the texts that those before it have left.
import type { TextEdit } from '../../manifest/index.ts';
import { updateSource, type ParsedFile } from '../sources.ts';
import type { ApplyRequest } from '../apply.ts';
import { changed, combined } from './edit-files.ts';
import type { FileEdits, Fix } from './fix.ts';
import { fixesFor } from './fixes-for.ts';
import { run } from './prove.ts';

export interface FixedAll {
  /** Of the texts as they are. */
  readonly edits: readonly FileEdits[];
  readonly fixes: readonly Fix[];
}

/** How many fixes are made at once. */
const defaultMost = 20;

/** Fixes what is safe (`Fix.isSafe`), until nothing is left or so many are made. */
export function fixAll(request: ApplyRequest, most = defaultMost): FixedAll {
  const made = new Map<string, TextEdit[]>();
  const fixes: Fix[] = [];
  let { files } = request;
  while (fixes.length < most) {
    const fix = safeFix({ ...request, files });
    if (!fix) break;
    fixes.push(fix);
    for (const { file, edits } of fix.edits) made.set(file, [...(made.get(file) ?? []), ...edits.toReversed()]);
    files = files.map((file) => edited(file, fix.edits));
  }
  const edits = request.files.flatMap((file, i) => {
    const own = made.get(file.name);
    return own ? [{ file: file.name, edits: combined(own, file.manifest.text, files[i]!.manifest.text) }] : [];
  });
  return { edits, fixes };
}

function safeFix(request: ApplyRequest): Fix | undefined {
  const applied = run(request);
  for (const finding of applied.findings) {
    const fix = fixesFor(request, finding, { applied, most: 1, onlySafe: true })[0];
    if (fix) return fix;
  }
  return undefined;
}

function edited(file: ParsedFile, edits: readonly FileEdits[]): ParsedFile {
  const own = edits.find((one) => one.file === file.name);
  return own ? updateSource(file, changed(file.manifest.text, own.edits)) : file;
}
