// Where the other side of a finding is written: the Node with the taint in the cluster's file, the ConfigMap in another manifest.
import type { DiagnosticRelatedInformation } from 'vscode-languageserver';
import type { LocatedFinding } from '../features/index.ts';
import { DeclarationIndex, rangeIn } from '../features/editor.ts';
import type { Files } from './files.ts';
import type { Task } from './workspace.ts';

/** As many places as a person looks at. */
const most = 5;

/** What finds the other sides of a task's findings. The files are indexed once they are asked for. */
export function relatedIn(files: Files, task: Task): (finding: LocatedFinding) => DiagnosticRelatedInformation[] {
  let index: DeclarationIndex | undefined;
  return ({ related }) => {
    if (related.length === 0) return [];
    index ??= new DeclarationIndex([
      ...task.chosen.files.map(({ file }) => file),
      ...task.around,
      ...task.request.files,
    ]);
    const found = new Map<string, DiagnosticRelatedInformation>();
    for (const { object, path, note } of related) {
      const declared = index.find(object);
      const uri = declared && files.uriOf(declared.file.name);
      if (!declared || uri === undefined) continue;
      const range = files.placesIn(declared.file).rangeOf(rangeIn(declared, { path }));
      found.set(`${uri} ${JSON.stringify(range)}`, { location: { uri, range }, message: note });
    }
    return [...found.values()].slice(0, most);
  };
}
