// Adds and removes taints of a Node, by a patch of the whole list (AddOrUpdateTaintOnNode and RemoveTaintOffNode of
// k8s.io/kubernetes/pkg/controller/controller_utils.go, v1.36).
import type { Node, Taint } from '../../../api/object.ts';
import { succeeded, type ControllerContext } from '../controller.ts';

export const sameTaint = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;

/** The taints of `all` that have no match in `others`. */
export function withoutTaints(all: readonly Taint[], others: readonly Taint[]): Taint[] {
  return all.filter((taint) => !others.some((other) => sameTaint(taint, other)));
}

/** First adds, then removes, each with a look at the server's version before; a failed request ends the sync. */
export function swapTaints(
  context: ControllerContext,
  node: Node,
  { add = [], remove = [] }: { readonly add?: readonly Taint[]; readonly remove?: readonly Taint[] },
): void {
  const timeAdded = context.kernel.timestamp();
  const added = add.map((taint) => ({ ...taint, timeAdded }));
  if (add.length > 0) patchTaints(context, node, (taints) => [...withoutTaints(taints, add), ...added]);
  const isThere = (node.spec?.taints ?? []).some((taint) => remove.some((other) => sameTaint(taint, other)));
  if (isThere) patchTaints(context, node, (taints) => withoutTaints(taints, remove));
}

function patchTaints(
  { client }: ControllerContext,
  { metadata: { name = '' } }: Node,
  change: (taints: readonly Taint[]) => readonly Taint[],
): void {
  const target = { resource: 'nodes', name };
  const { spec, metadata } = succeeded(client.get<Node>(target));
  const taints = change(spec?.taints ?? []);
  const { resourceVersion } = metadata;
  succeeded(
    client.patch<Node>(target, 'strategic', {
      metadata: { resourceVersion },
      spec: { taints: taints.length > 0 ? taints : null },
    }),
  );
}
