// What is answered where a configuration sets fields that others own (apimachinery/pkg/util/managedfields/internal/conflict.go).
import { quote } from '../../../api/go-text.ts';
import { failure, type ApiStatus } from '../../../api/status.ts';
import type { Identity } from './managers.ts';
import { pathText, type Path } from './path.ts';

export interface Conflict {
  readonly owner: Identity;
  readonly path: Path;
}

export function conflictStatus(conflicts: readonly Conflict[]): ApiStatus {
  const told = [...conflicts]
    .sort((a, b) => comparePaths(a.path, b.path))
    .map(({ owner, path }) => ({ owner: ownerText(owner), path: pathText(path) }));
  const causes = told.map(({ owner, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${owner}`,
    field: path,
  }));
  return failure(409, 'Conflict', message(told), { causes });
}

function message(told: readonly { readonly owner: string; readonly path: string }[]): string {
  const [first] = told;
  if (first && told.length === 1) return `Apply failed with 1 conflict: conflict with ${first.owner}: ${first.path}`;
  const owners = [...new Set(told.map(({ owner }) => owner))].sort((a, b) => (a < b ? -1 : 1));
  const lines = owners.flatMap((owner) => [
    `conflicts with ${owner}:`,
    ...told.filter((each) => each.owner === owner).map(({ path }) => `- ${path}`),
  ]);
  return `Apply failed with ${told.length} conflicts: ${lines.join('\n')}`;
}

function ownerText({ manager, operation, apiVersion, subresource }: Identity): string {
  const named = quote(manager) + (subresource ? ` with subresource ${quote(subresource)}` : '');
  return operation === 'Update' ? `${named} using ${apiVersion}` : named;
}

/** Fields come before what is further in (fieldpath.Set, Iterate). */
function comparePaths(a: Path, b: Path): number {
  for (let i = 0; ; i++) {
    const [left = '', right = ''] = [a[i], b[i]];
    const [leftEnds, rightEnds] = [i === a.length - 1, i === b.length - 1];
    if (leftEnds !== rightEnds) return leftEnds ? -1 : 1;
    if (left !== right) return left < right ? -1 : 1;
    if (leftEnds) return 0;
  }
}
