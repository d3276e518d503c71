// Which documents of a file say something else than before. What kubectl would send is compared: comments and blank lines change nothing.
import { deepEqual } from '../base/json.ts';
import type { ManifestDocument } from '../manifest/index.ts';
import type { Declared, ParsedFile } from './sources.ts';

export interface DocumentChanges {
  /** Nothing has changed, come, gone or moved: kubectl stops at what it cannot read, so what declares nothing counts too. */
  readonly isSame: boolean;
  /** What was declared and is not any more, or not so. */
  readonly gone: readonly Declared[];
  /** What is declared now and was not, or not so. */
  readonly fresh: readonly Declared[];
  /** The documents of `fresh`, and those that cannot be read. */
  readonly documents: ReadonlySet<ManifestDocument>;
}

/** What has changed between two versions of a file. */
export function changesBetween(before: ParsedFile, after: ParsedFile): DocumentChanges {
  const [old, now] = [before.manifest.documents, after.manifest.documents];
  let first = 0;
  while (first < old.length && first < now.length && saysTheSame(old[first]!, now[first]!)) first++;
  let last = 0;
  const most = Math.min(old.length, now.length) - first;
  while (last < most && saysTheSame(old[old.length - 1 - last]!, now[now.length - 1 - last]!)) last++;
  const left = old.slice(first, old.length - last);
  const come = now.slice(first, now.length - last);
  // what lies between two places that were edited is the same
  const contents = new Set(left.map(({ content }) => content));
  const kept = new Set(come.flatMap(({ content }) => (contents.has(content) ? [content] : [])));
  const isChanged = ({ content }: ManifestDocument) => !kept.has(content);
  const gone = new Set(left.filter(isChanged));
  const documents = new Set(come.filter(isChanged));
  return {
    isSame: left.length === 0 && come.length === 0,
    gone: before.declared.filter(({ document }) => gone.has(document)),
    fresh: after.declared.filter(({ document }) => documents.has(document)),
    documents,
  };
}

/** Whether two versions of a file declare the same. */
export function saySame(before: ParsedFile, after: ParsedFile): boolean {
  return before === after || changesBetween(before, after).isSame;
}

function saysTheSame(a: ManifestDocument, b: ManifestDocument): boolean {
  if (a.content === b.content) return true;
  const isRead = ({ errors, unknowns, isTemplate }: ManifestDocument) =>
    errors.length === 0 && unknowns.length === 0 && !isTemplate;
  return isRead(a) && isRead(b) && deepEqual(a.object, b.object);
}
