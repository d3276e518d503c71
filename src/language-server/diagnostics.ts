// A finding as the protocol's diagnostic.
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
} from 'vscode-languageserver';
import type { LocatedFinding } from '../features/index.ts';
import type { Settings, ShownSeverity } from '../protocol/settings.ts';
import type { Places } from './text-document.ts';
import type { Task } from './workspace.ts';

const severities: Readonly<Record<Exclude<ShownSeverity, 'off'> | 'info', DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What is written for nothing: kubectl drops all but the last of equal keys. */
const unnecessary = new Set(['duplicate-key', 'ignore']);

export interface Showing {
  readonly places: Places;
  readonly settings: Settings;
  /** Where findings are explained, with `{id}` in it. */
  readonly explanations: string | undefined;
  /** The other objects that have a part in it, as far as they are written somewhere. */
  readonly related?: (finding: LocatedFinding) => DiagnosticRelatedInformation[];
}

/** Undefined if the settings switch the finding off. */
export function diagnosticOf(finding: LocatedFinding, showing: Showing): Diagnostic | undefined {
  const { id, message, explanation } = finding;
  const { severity } = showing.settings;
  const shown = severity[id] ?? severity['*'] ?? finding.severity;
  if (shown === 'off') return undefined;
  const related = showing.related?.(finding) ?? [];
  const tags = tagsOf(finding);
  return {
    range: showing.places.firstLineOf(finding),
    severity: severities[shown],
    code: id,
    source: 'applyscope',
    message: `${message}\n${explanation}`,
    ...(showing.explanations !== undefined && {
      codeDescription: { href: showing.explanations.replaceAll('{id}', id) },
    }),
    ...(tags.length && { tags }),
    ...(related.length && { relatedInformation: related }),
  };
}

function tagsOf({ id, message }: LocatedFinding): DiagnosticTag[] {
  if (unnecessary.has(id)) return [DiagnosticTag.Unnecessary];
  return id === 'server-warning' && /\bdeprecated\b/.test(message) ? [DiagnosticTag.Deprecated] : [];
}

/** What is wrong with the cluster that a manifest was to be judged on stands at the manifest's beginning. */
export function clusterProblem({ file, chosen: { problem } }: Task): LocatedFinding[] {
  if (problem === undefined) return [];
  const { end } = file.manifest.lineIndex.lineRange(0);
  const message = problem[0]!.toUpperCase() + problem.slice(1);
  return [
    {
      id: 'cluster',
      severity: 'warning',
      message,
      explanation: 'The manifest is judged on the preset tutorial.',
      file: file.name,
      start: 0,
      end,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: end + 1,
      subject: { apiVersion: '', kind: '', name: '' },
      field: { path: '' },
      related: [],
      steps: [],
    },
  ];
}
