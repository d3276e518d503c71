// Documents that kubectl cannot read, and templates that are no manifests yet: found in the text, before any run.
import type { LocatedFinding } from './locate.ts';
import { at } from './locate.ts';
import type { ParsedFile } from './sources.ts';

const nothing = { apiVersion: '', kind: '', name: '' };

/** The first error of each file, as kubectl would say it, and one hint for a file with Helm templates. */
export function unreadable(files: readonly ParsedFile[]): LocatedFinding[] {
  return files.flatMap((file) => [...syntaxErrors(file), ...templateHint(file)]);
}

function syntaxErrors(file: ParsedFile): LocatedFinding[] {
  const document = file.manifest.documents.find(({ isTemplate, errors }) => !isTemplate && errors.length > 0);
  const [error] = document?.errors ?? [];
  if (!document || !error || !document.isKubernetes) return [];
  const finding = {
    ...{
      id: 'yaml',
      severity: 'error',
      subject: nothing,
      field: { path: '' },
      related: [],
      steps: [],
      dependsOnCluster: false,
    },
    message: `error parsing ${file.name}: ${error.message}`,
    explanation: 'kubectl cannot read this document, so nothing of it and of what follows in the file is applied.',
  } as const;
  return [at(finding, file, { start: document.start + error.start, end: document.start + error.end })];
}

function templateHint(file: ParsedFile): LocatedFinding[] {
  const template = file.manifest.documents.find(({ isTemplate }) => isTemplate);
  if (!template) return [];
  const start = file.manifest.text.indexOf('{{', template.start);
  const finding = {
    ...{
      id: 'template',
      severity: 'info',
      subject: nothing,
      field: { path: '' },
      related: [],
      steps: [],
      dependsOnCluster: false,
    },
    message: 'this is a template, not a manifest yet',
    explanation: 'Render it first: helm template CHART | applyscope check -',
  } as const;
  return [at(finding, file, { start, end: start + 2 })];
}
