// A finding as the protocol's diagnostic.
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { LocatedFinding } from '../features/index.ts';
import type { ShownSeverity, Settings } from '../protocol/settings.ts';
import type { Task } from './workspace.ts';
import type { Places } from './text-document.ts';

const severities: Readonly<Record<Exclude<ShownSeverity, 'off'> | 'info', DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Undefined if the settings switch the finding off. `explanations` is where they are explained, with `{id}` in it. */
export function diagnosticOf(
  finding: LocatedFinding,
  places: Places,
  settings: Settings,
  explanations: string | undefined,
): Diagnostic | undefined {
  const { id, message, explanation } = finding;
  const shown = settings.severity[id] ?? settings.severity['*'] ?? finding.severity;
  if (shown === 'off') return undefined;
  return {
    range: places.rangeOf(finding),
    severity: severities[shown],
    code: id,
    source: 'applyscope',
    message: `${message}\n${explanation}`,
    ...(explanations !== undefined && { codeDescription: { href: explanations.replaceAll('{id}', id) } }),
  };
}

/** What is wrong with the cluster that a manifest was to be judged on stands at the manifest's beginning. */
export function clusterProblem({ file, chosen: { problem } }: Task): LocatedFinding[] {
  if (problem === undefined) return [];
  const { end } = file.manifest.lineIndex.lineRange(0);
  const message = problem[0]!.toUpperCase() + problem.slice(1);
  return [
    {
      ...{ id: 'cluster', severity: 'warning', message, explanation: 'The manifest is judged on the preset tutorial.' },
      ...{ file: file.name, start: 0, end, line: 1, column: 1, endLine: 1, endColumn: end + 1 },
      ...{ subject: { apiVersion: '', kind: '', name: '' }, field: { path: '' }, related: [], steps: [] },
    },
  ];
}
