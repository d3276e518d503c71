// `# applyscope-ignore ID: reason`: what somebody has looked at and wants to hear no more of. At the end of a line, or on a line of its own
// above it, it is about what stands there; above everything else in a document it is about the whole document.
import { placeAt, type ManifestDocument, type TextRange } from '../manifest/index.ts';
import { at, type LocatedFinding } from './locate.ts';
import { aboutText } from './unreadable.ts';
import type { ParsedFile } from './sources.ts';

const word = 'applyscope-ignore';

interface Ignore extends TextRange {
  readonly ids: readonly string[];
  readonly reason: string;
  /** What it is about: a finding that begins there. */
  readonly about: TextRange;
}

export interface Sifted {
  /** What is left, and what is to be said of ignores themselves. */
  readonly shown: readonly LocatedFinding[];
  readonly ignored: readonly LocatedFinding[];
}

/** Takes out what the files say is to be ignored. */
export function siftIgnored(findings: readonly LocatedFinding[], files: readonly ParsedFile[]): Sifted {
  const marked = files.filter(({ manifest }) => manifest.text.includes(word));
  if (marked.length === 0) return { shown: findings, ignored: [] };
  const ignored = new Set<LocatedFinding>();
  const hints: LocatedFinding[] = [];
  for (const file of marked) {
    const own = findings.filter((finding) => finding.file === file.name);
    for (const ignore of ignoresIn(file)) {
      const meant = own.filter(
        ({ id, start }) => ignore.ids.includes(id) && start >= ignore.about.start && start < ignore.about.end,
      );
      for (const finding of meant) ignored.add(finding);
      hints.push(...hintsAt(ignore, meant, file));
    }
  }
  return { shown: [...findings.filter((finding) => !ignored.has(finding)), ...hints], ignored: [...ignored] };
}

function hintsAt(ignore: Ignore, meant: readonly LocatedFinding[], file: ParsedFile): LocatedFinding[] {
  const unused = ignore.ids.filter((id) => !meant.some((finding) => finding.id === id));
  const hint = (message: string, explanation: string) =>
    at({ ...aboutText, id: 'ignore', severity: 'info', message, explanation }, file, ignore);
  return [
    ...(ignore.reason ? [] : [hint('ignored without a reason', `Say why: # ${word} ${ignore.ids.join(', ')}: reason`)]),
    ...unused.map((id) => hint(`nothing to ignore: there is no finding ${id} here`, 'Take this comment out.')),
  ];
}

function ignoresIn({ manifest: { text, documents } }: ParsedFile): Ignore[] {
  const pattern = new RegExp(
    `#[ \\t]*${word}[ \\t]+([\\w-]+(?:[ \\t]*,[ \\t]*[\\w-]+)*)[ \\t]*(?::[ \\t]*([^\\r\\n]*))?`,
    'g',
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const start = match.index;
    const document = documents.find((one) => start >= one.start && start < one.end);
    if (!document || !isComment(text, start) || isInScalar(document, start)) return [];
    const [all, ids = '', reason = ''] = match;
    const range = { start, end: start + all.trimEnd().length };
    return [
      {
        ...range,
        ids: ids.split(',').map((id) => id.trim()),
        reason: reason.trim(),
        about: about(text, start, document),
      },
    ];
  });
}

/** `#` in a block of text, or in quotes, begins no comment. */
function isInScalar(document: ManifestDocument, offset: number): boolean {
  const place = placeAt(document, offset);
  return place?.node.kind === 'scalar' && offset < place.range.end;
}

/** A comment begins a line, or has a blank before it. */
const isComment = (text: string, at: number) => at === 0 || /\s/.test(text.charAt(at - 1));

function about(text: string, comment: number, document: ManifestDocument): TextRange {
  const lineStart = text.lastIndexOf('\n', comment - 1) + 1;
  const endOfLine = (from: number) => text.indexOf('\n', from) + 1 || text.length + 1;
  if (text.slice(lineStart, comment).trim()) return { start: lineStart, end: endOfLine(comment) };
  if (/^(?:[ \t]*(?:#.*|---.*)?\r?\n)*$/.test(text.slice(document.start, lineStart))) return document;
  let line = endOfLine(comment);
  while (line < text.length && /^[ \t]*(?:#|\r?$)/.test(text.slice(line, endOfLine(line) - 1))) line = endOfLine(line);
  return { start: line, end: endOfLine(line) };
}
