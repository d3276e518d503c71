// What the text itself gives away, before any run: documents that kubectl cannot read, keys that it drops, templates that are no manifests yet.
import type { Finding } from '../analyzer/finding.ts';
import type { ManifestDocument, TextRange } from '../manifest/index.ts';
import { at, type LocatedFinding } from './locate.ts';
import { sourceFor, type ParsedFile } from './sources.ts';

/** Whether a finding is about a text: nothing was run for it. */
export const isAboutText = ({ subject, steps }: Finding) => subject.kind === '' && steps.length === 0;

/** What such a finding has in common: it is about a text, not yet about an object. */
export const aboutText = {
  subject: { apiVersion: '', kind: '', name: '' },
  field: { path: '' },
  related: [],
  steps: [],
};

/** The first error of each file, as kubectl would say it, keys that are given twice, and one hint for a file with Helm templates. */
export function unreadable(files: readonly ParsedFile[]): LocatedFinding[] {
  return files.flatMap((file) => {
    const documents = readDocuments(file);
    return [
      ...documents.flatMap((document) => [...duplicateKeys(file, document), ...unknowns(file, document)]),
      ...syntaxError(file, documents.at(-1)),
      ...templateHint(file),
    ];
  });
}

/** The documents of Kubernetes that kubectl comes to: it stops at the first that has an error. */
function readDocuments({ manifest }: ParsedFile): ManifestDocument[] {
  const read: ManifestDocument[] = [];
  for (const document of manifest.documents) {
    if (document.isTemplate || !document.isKubernetes) continue;
    read.push(document);
    if (document.errors.length > 0) break;
  }
  return read;
}

const within = (document: ManifestDocument, { start, end }: TextRange): TextRange => ({
  start: document.start + start,
  end: document.start + end,
});

function syntaxError(file: ParsedFile, document: ManifestDocument | undefined): LocatedFinding[] {
  const [error] = document?.errors ?? [];
  if (!document || !error) return [];
  const finding: Finding = {
    ...aboutText,
    id: 'yaml',
    severity: 'error',
    message: `error parsing ${sourceFor(file.name)}: ${error.message}`,
    explanation: 'kubectl cannot read this document: nothing of it, and of what follows it in the file, is applied.',
  };
  return [at(finding, file, within(document, error))];
}

function duplicateKeys(file: ParsedFile, document: ManifestDocument): LocatedFinding[] {
  return document.duplicates.map((duplicate) => {
    const finding: Finding = {
      ...aboutText,
      id: 'duplicate-key',
      severity: 'warning',
      message: `key ${duplicate.key} is given more than once`,
      explanation: 'kubectl takes the last one and drops the others without a word: keep one of them.',
    };
    return at(finding, file, within(document, duplicate));
  });
}

function unknowns(file: ParsedFile, document: ManifestDocument): LocatedFinding[] {
  return document.unknowns.map((unknown) => {
    const finding: Finding = {
      ...aboutText,
      id: 'unknown',
      severity: 'info',
      message: unknown.message,
      explanation: 'What kubectl makes of it is unknown.',
    };
    return at(finding, file, within(document, unknown));
  });
}

function templateHint(file: ParsedFile): LocatedFinding[] {
  const template = file.manifest.documents.find(({ isTemplate }) => isTemplate);
  if (!template) return [];
  const start = file.manifest.text.indexOf('{{', template.start);
  const finding: Finding = {
    ...aboutText,
    id: 'template',
    severity: 'info',
    message: 'this is a template, not a manifest yet',
    explanation: 'Render it first: helm template CHART | applyscope check -',
  };
  return [at(finding, file, { start, end: start + 2 })];
}
