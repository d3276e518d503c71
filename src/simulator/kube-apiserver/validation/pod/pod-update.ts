// What may change in a Pod that exists: its images, its deadline, more tolerations, fewer gates
// (pkg/apis/core/validation, ValidatePodUpdate, Kubernetes 1.36).
import { forbidden, invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { Container, NodeAffinity, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../../../../api/object.ts';
import { sortedKeys } from '../../../../base/order.ts';
import { appArmorPrefix } from '../../registry/pods/profiles.ts';
import { maxInt32, type Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkMetadataUpdate, metadataPath } from '../object-meta.ts';
import { semanticEqual } from '../semantic-equal.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { checkImageSpacing } from './containers.ts';
import { goPodSpecLines } from './go-pod-spec.ts';
import { checkMetadataAndSpec } from './pod.ts';
import { checkPodAnnotations } from './pod-annotations.ts';
import { checkTolerations } from './scheduling.ts';

const path = FieldPath.of('spec');
const noSpec: PodSpec = { containers: [] };
const mirror = 'kubernetes.io/config.mirror';

const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** False: the containers are others, and nothing else is looked at. */
function checkContainers(list: 'containers' | 'initContainers', spec: PodSpec, old: PodSpec, errors: Errors): boolean {
  const containers = spec[list] ?? [];
  const at = path.child(list);
  if (containers.length !== (old[list] ?? []).length) {
    errors.push(forbidden(at, 'pod updates may not add or remove containers'));
    return false;
  }
  containers.forEach((container, i) => {
    if (!container.image) errors.push(required(at.index(i).child('image')));
    checkImageSpacing(container, at.index(i), errors);
  });
  return true;
}

/** A deadline may be set, and brought nearer. False: nothing else is looked at. */
function checkDeadline({ activeDeadlineSeconds: now }: PodSpec, old: PodSpec, errors: Errors): boolean {
  const before = old.activeDeadlineSeconds;
  const at = path.child('activeDeadlineSeconds');
  if (now === undefined) {
    if (before !== undefined) errors.push(invalid(at, null, 'must not update from a positive integer to nil value'));
    return true;
  }
  if (now < 0 || now > maxInt32) errors.push(invalid(at, now, `must be between 0 and ${maxInt32}, inclusive`));
  else if (before === undefined || before >= now) return true;
  else errors.push(invalid(at, now, 'must be less than or equal to previous value'));
  return false;
}

const apartFromTime = ({ tolerationSeconds: _, ...toleration }: Toleration) => toleration;

function checkAddedTolerations({ tolerations = [] }: PodSpec, old: PodSpec, errors: Errors): void {
  const at = path.child('tolerations');
  const stays = (before: Toleration) =>
    tolerations.some((now) => semanticEqual(apartFromTime(now), apartFromTime(before)));
  if (!(old.tolerations ?? []).every(stays)) {
    errors.push(forbidden(at, 'existing toleration can not be modified except its tolerationSeconds'));
  } else checkTolerations(tolerations, at, errors);
}

function checkRemovedGates({ schedulingGates = [] }: PodSpec, old: PodSpec, errors: Errors): void {
  const before = new Set(old.schedulingGates?.map(({ name }) => name));
  const last = new Map(schedulingGates.map(({ name }, i) => [name, i]));
  for (const [name, i] of last) {
    if (before.has(name)) continue;
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    errors.push(forbidden(path.child('schedulingGates').index(i).child('name'), detail));
  }
}

const withOldImages = (containers: readonly Container[] = [], old: readonly Container[] = []) =>
  containers.map((container, i) => ({ ...container, image: old[i]?.image }));

/** The new spec with everything as it was that has been looked at by now. */
function withoutAllowedChanges(spec: PodSpec, old: PodSpec): PodSpec {
  const graceful = (old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1;
  return {
    ...spec,
    containers: withOldImages(spec.containers, old.containers),
    ...(spec.initContainers && { initContainers: withOldImages(spec.initContainers, old.initContainers) }),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    schedulingGates: old.schedulingGates,
    tolerations: old.tolerations,
    ...(graceful && { terminationGracePeriodSeconds: old.terminationGracePeriodSeconds }),
  };
}

const requiredTerms = 'requiredDuringSchedulingIgnoredDuringExecution';

function onlyAdds(term: NodeSelectorTerm, { matchExpressions = [], matchFields = [] }: NodeSelectorTerm): boolean {
  const { matchExpressions: expressions = [], matchFields: fields = [] } = term;
  if (!matchExpressions.length && !matchFields.length && (expressions.length || fields.length)) return false;
  return (
    semanticEqual(expressions.slice(0, matchExpressions.length), matchExpressions) &&
    semanticEqual(fields.slice(0, matchFields.length), matchFields)
  );
}

function checkNodeAffinity(now: NodeAffinity | undefined, old: NodeAffinity | undefined, errors: Errors): void {
  const before = old?.[requiredTerms]?.nodeSelectorTerms ?? [];
  const terms = now?.[requiredTerms]?.nodeSelectorTerms ?? [];
  const at = path.child('affinity', 'nodeAffinity', requiredTerms, 'nodeSelectorTerms');
  const shown = (term: NodeSelectorTerm) => goStruct('core/v1.NodeSelectorTerm', term);
  if (before.length && before.length !== terms.length) {
    const detail = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    errors.push(invalid(at, terms.length ? terms.map(shown) : null, detail));
    return;
  }
  before.forEach((term, i) => {
    const added = terms[i];
    if (!added || onlyAdds(added, term)) return;
    errors.push(invalid(at.index(i), shown(added), 'only additions are allowed (no mutations or deletions)'));
  });
}

/** A Pod that is held back may still be told more exactly where to go. */
function withoutGatedChanges(spec: PodSpec, old: PodSpec, errors: Errors): PodSpec {
  if (!old.schedulingGates?.length) return spec;
  let kept = spec;
  if (!semanticEqual(spec.nodeSelector, old.nodeSelector)) {
    const { nodeSelector = {} } = spec;
    if (Object.entries(old.nodeSelector ?? {}).some(([key, value]) => nodeSelector[key] !== value)) {
      const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
      errors.push(invalid(path.child('nodeSelector'), spec.nodeSelector ?? null, detail));
    }
    kept = { ...kept, nodeSelector: old.nodeSelector };
  }
  const before = old.affinity?.nodeAffinity;
  if (semanticEqual(spec.affinity?.nodeAffinity, before)) return kept;
  checkNodeAffinity(spec.affinity?.nodeAffinity, before, errors);
  const { nodeAffinity: _, ...others } = spec.affinity ?? {};
  const alone = !old.affinity && Object.keys(others).length === 0;
  return { ...kept, affinity: alone ? undefined : { ...others, nodeAffinity: before } };
}

function checkAnnotationChanges({ metadata: { annotations = {} } }: Pod, old: Pod, errors: Errors): void {
  const path = metadataPath.child('annotations');
  const before = old.metadata.annotations ?? {};
  const kindOf = (key: string) =>
    key === mirror ? 'mirror pod annotation' : key.startsWith(appArmorPrefix) ? 'AppArmor annotations' : undefined;
  const tell = (key: string, what: string) => {
    const kind = kindOf(key);
    if (kind !== undefined) errors.push(forbidden(path.key(key), `${what} ${kind}`));
  };
  for (const key of sortedKeys(before)) if (annotations[key] !== before[key]) tell(key, 'may not remove or update');
  for (const key of sortedKeys(annotations)) if (before[key] === undefined) tell(key, 'may not add');
}

export function checkPodUpdate(pod: Pod, old: Pod, errors: Errors): void {
  const { metadata, spec = noSpec } = pod;
  const before = old.spec ?? noSpec;
  checkMetadataUpdate(metadata, old.metadata, errors);
  checkMetadataAndSpec(pod, errors);
  checkAnnotationChanges(pod, old, errors);
  checkPodAnnotations(metadata.annotations, spec, metadataPath.child('annotations'), errors);
  if (!checkContainers('containers', spec, before, errors)) return;
  if (!checkContainers('initContainers', spec, before, errors)) return;
  if (!checkDeadline(spec, before, errors)) return;
  checkAddedTolerations(spec, before, errors);
  checkRemovedGates(spec, before, errors);
  if (semanticEqual(spec, before)) return;
  const rest = withoutGatedChanges(withoutAllowedChanges(spec, before), before, errors);
  if (semanticEqual(rest, before)) return;
  const difference = unifiedDiff(goPodSpecLines(before), goPodSpecLines(rest));
  errors.push(forbidden(path, `pod updates may not change fields other than ${changeable}\n${difference}`));
}
