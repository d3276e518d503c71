// Documents that kubectl cannot read, and templates that are no manifests yet: found in the text, before any run.
import type { Finding } from '../analyzer/finding.ts';
import { at, type LocatedFinding } from './locate.ts';
import type { ParsedFile } from './sources.ts';

/** What such a finding has in common: it is about a text, not yet about an object. */
const aboutText = {
  subject: { apiVersion: '', kind: '', name: '' },
  field: { path: '' },
  related: [],
  steps: [],
  dependsOnCluster: false,
};

/** The first error of each file, as kubectl would say it, and one hint for a file with Helm templates. */
export function unreadable(files: readonly ParsedFile[]): LocatedFinding[] {
  return files.flatMap((file) => [...syntaxErrors(file), ...templateHint(file)]);
}

function syntaxErrors(file: ParsedFile): LocatedFinding[] {
  const document = file.manifest.documents.find(({ isTemplate, errors }) => !isTemplate && errors.length > 0);
  const [error] = document?.errors ?? [];
  if (!document || !error || !document.isKubernetes) return [];
  const finding: Finding = {
    ...aboutText,
    id: 'yaml',
    severity: 'error',
    message: `error parsing ${file.name}: ${error.message}`,
    explanation: 'kubectl cannot read this document, so nothing of it and of what follows in the file is applied.',
  };
  return [at(finding, file, { start: document.start + error.start, end: document.start + error.end })];
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
