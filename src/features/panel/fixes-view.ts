// The fixes of what the run found, each proved by a run of its own.
import type { FixView } from '../../protocol/panel.ts';
import { fixesFor } from '../fixes/fixes-for.ts';
import type { Fix } from '../fixes/fix.ts';
import type { PanelRun } from './panel-run.ts';
import { inDocuments } from './write-what-if.ts';

/** Findings that fixes are looked for: the first ones, because every try costs a run. */
const mostFindings = 3;

export function fixesView(run: PanelRun): FixView[] {
  const { apply } = run.request;
  const findings = run.applied.findings.filter(({ severity }) => severity !== 'info').slice(0, mostFindings);
  const seen = new Set<string>();
  return findings
    .flatMap((finding) => fixesFor(apply, finding))
    .filter(({ id }) => seen.size < seen.add(id).size)
    .map((fix) => viewOf(run, fix));
}

function viewOf({ request: { apply, uriOf } }: PanelRun, fix: Fix): FixView {
  const { id, title, outcome, target, command } = fix;
  const edits = inDocuments(apply.files, fix.edits, uriOf);
  return {
    id,
    title,
    outcome,
    target,
    detail: detailOf(fix, apply.files),
    ...(command !== undefined && { command }),
    ...(edits.length ? { edits, whatIf: { edits } } : triedInCluster(command)),
  };
}

/** Removing a taint can be tried; other advice is only given. */
function triedInCluster(command = ''): Pick<FixView, 'whatIf'> {
  const lines = command.split('\n').map((line) => /^kubectl taint nodes (\S+) (\S+)-$/.exec(line));
  const untaint = lines.flatMap((found) => (found ? [{ node: found[1]!, taint: found[2]! }] : []));
  return untaint.length === lines.length ? { whatIf: { untaint } } : {};
}

/** `Changes 1 place in pod.yaml, line 14.` */
function detailOf({ edits, target }: Fix, files: PanelRun['request']['apply']['files']): string {
  if (target === 'cluster') return 'Changes the cluster, for every other Pod as well.';
  const parts = edits.map(({ file, edits: own }) => {
    const index = files.find(({ name }) => name === file)?.manifest.lineIndex;
    const lines = own.map(({ start }) => (index?.positionAt(start).line ?? 0) + 1);
    return `${own.length} ${own.length === 1 ? 'place' : 'places'} in ${file}, line ${[...new Set(lines)].join(', ')}`;
  });
  return `Changes ${parts.join('; ')}.`;
}
