// A file of documents, and the same file a keystroke later.
import { LineIndex } from '../base/line-index.ts';
import { DocumentContent, ManifestDocument, type TolerantParser } from './document.ts';
import { splitDocuments, type Chunk } from './split.ts';
import type { ManifestError } from './yaml-node.ts';

export interface Manifest {
  readonly text: string;
  /** In order, empty ones included. kubectl handles them in this order and stops at the first that has an error. */
  readonly documents: readonly ManifestDocument[];
  readonly lineIndex: LineIndex;
  readonly options: ManifestOptions;
}

export interface ManifestOptions {
  /** For trees of documents that kubectl refuses. Without it such a document has its error, but no tree. */
  readonly tolerant?: TolerantParser;
  /** What `decodeText` found wrong with the bytes: the document that has the place is refused for it. */
  readonly problem?: ManifestError;
}

/** Cuts a text into documents. Nothing is parsed before it is asked for. Never throws for what a user wrote. */
export function parseManifest(text: string, options: ManifestOptions = {}): Manifest {
  return assemble(text, options, new Map());
}

/** The same for a text that has changed: documents whose own text has not changed are not read again. */
export function updateManifest(previous: Manifest, text: string): Manifest {
  if (text === previous.text) return previous;
  const known = new Map<string, DocumentContent>();
  for (const { content } of previous.documents) if (content.isSelfContained) known.set(content.text, content);
  const { problem: _, ...options } = previous.options;
  return assemble(text, options, known);
}

function assemble(text: string, options: ManifestOptions, known: ReadonlyMap<string, DocumentContent>): Manifest {
  const documents = splitDocuments(text).map((found, index) => {
    const chunk = withProblem(found, options.problem);
    const fresh = new DocumentContent(text.slice(chunk.start, chunk.end), chunk, options.tolerant);
    const content = (fresh.isSelfContained && known.get(fresh.text)) || fresh;
    return new ManifestDocument(content, index, chunk);
  });
  return { text, documents, lineIndex: new LineIndex(text), options };
}

function withProblem(chunk: Chunk, problem: ManifestError | undefined): Chunk {
  if (!problem || problem.start < chunk.start || problem.start >= chunk.end) return chunk;
  return { ...chunk, error: { ...problem, start: problem.start - chunk.start, end: problem.end - chunk.start } };
}
