// What the server makes of an object: the stored object beside the one that was sent, and who added what.
import { finalKey } from '../../analyzer/subject.ts';
import { isObject } from '../../base/json.ts';
import type { KubeObject } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import { qualifiedName, resourceOfKind } from '../../api/resources.ts';
import { objectsAt } from '../../simulator/index.ts';
import { programOf, type StoreDetails, type TraceEntry } from '../../simulator/trace.ts';
import type { StoredView } from '../../protocol/panel.ts';
import { keyOfRef } from './keys.ts';
import type { PanelRun } from './panel-run.ts';
import { withoutManagedFields } from './step-sections.ts';
import { compareObjects } from './stored-lines.ts';

type Stored = TraceEntry & StoreDetails;

/** `key` names an applied object; the first is shown for one that is not there. */
export function storedView(run: PanelRun, key: string): StoredView {
  const sent = run.applied.sent.find((object) => keyOfRef(refOf(object)) === key) ?? run.applied.sent[0];
  if (!sent) return { key, lines: [], added: 0, stored: 'nothing' };
  const entry = storeOf(run, sent);
  const written = asWritten(run, sent);
  const shown = keyOfRef(refOf(sent));
  if (!entry) {
    // nothing was written: it was refused, or is as it was before
    const before = run.object(refOf(sent)) ?? storedBefore(run, sent);
    const compared = compareObjects(written, before ? withoutManagedFields(before) : written, () => undefined);
    return { key: shown, ...compared, stored: before ? 'before' : 'nothing' };
  }
  const completed = completedBy(run, entry);
  const by = (path: string) => completed(path) ?? bySystem(path, written);
  return { key: shown, ...compareObjects(written, withoutManagedFields(entry.object), by), stored: 'written' };
}

/** What was there when the apply began, and no step of it has touched. */
function storedBefore({ applied }: PanelRun, sent: KubeObject): KubeObject | undefined {
  const resource = resourceOfKind(sent.apiVersion, sent.kind);
  if (!resource) return undefined;
  const key = finalKey(refOf(sent));
  return objectsAt(applied.stateAt(applied.begin), qualifiedName(resource)).find((one) => finalKey(refOf(one)) === key);
}

/** The write that kubectl's request came to. */
function storeOf({ applied }: PanelRun, sent: KubeObject): Stored | undefined {
  const key = finalKey(refOf(sent));
  return applied.trace.findLast(
    (entry): entry is Stored =>
      entry.type === 'store' && programOf(entry.actor) === 'kubectl' && finalKey(refOf(entry.object)) === key,
  );
}

/** As it stands in the file: without the namespace that kubectl has added. */
function asWritten(run: PanelRun, sent: KubeObject): KubeObject {
  const declared = run.places.declared(refOf(sent));
  if (!declared || declared.metadata.namespace) return sent;
  const { namespace: _, ...metadata } = sent.metadata;
  return { ...sent, metadata };
}

/** Which plugin set a field, by what the admission of the request tells. */
function completedBy({ applied }: PanelRun, { cause }: Stored): (path: string) => string | undefined {
  const changes = applied.trace.flatMap((entry) =>
    entry.type === 'decision' && entry.cause === cause && entry.decision.type === 'admission'
      ? (entry.decision.changed ?? []).map((path) => ({
          path,
          plugin: entry.decision.type === 'admission' ? entry.decision.plugin : '',
        }))
      : [],
  );
  return (path) => changes.findLast((change) => isWithin(path, change.path) || isWithin(change.path, path))?.plugin;
}

const isWithin = (path: string, outer: string) =>
  path === outer || (path.startsWith(outer) && /[.[]/.test(path.charAt(outer.length)));

/** What no plugin sets: kubectl's own marks, and what the registry of every kind fills in. */
function bySystem(path: string, written: KubeObject): string {
  const isKubectls =
    path === 'metadata.namespace' ||
    path.startsWith('metadata.annotations[kubectl.kubernetes.io/') ||
    (path === 'metadata.annotations' && !isObject(written.metadata.annotations));
  return isKubectls ? 'kubectl' : 'kube-apiserver';
}
