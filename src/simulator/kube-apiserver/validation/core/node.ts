// Nodes (pkg/apis/core/validation, ValidateNode and ValidateNodeUpdate, Kubernetes 1.36).
import { parseBlock } from '../../../../base/ip-address.ts';
import { duplicate, forbidden, internal, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength, quote } from '../../../../api/go-text.ts';
import { labelValueProblems } from '../../../../api/names.ts';
import type { Node, NodeSpec, NodeStatus, Taint } from '../../../../api/object.ts';
import { parseQuantity } from '../../../../api/quantity.ts';
import { compareBytes } from '../../../../base/order.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { blockProblems, isV6 } from '../ip-address.ts';
import { checkQualifiedName } from '../labels.ts';
import { checkMetadata, checkMetadataUpdate, metadataPath, subdomainName } from '../object-meta.ts';
import { checkResourceAmount } from '../pod/resource-names.ts';
import type { KindRules, UnmodelledField } from '../validation.ts';

const specPath = FieldPath.of('spec');
const statusPath = FieldPath.of('status');
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Errors of taints stand under metadata, though taints lie in the spec. */
function checkTaints(taints: readonly Taint[], errors: Errors): void {
  const seen = new Set<string>();
  taints.forEach((taint, i) => {
    const { key, value = '', effect } = taint;
    const at = metadataPath.child('taints').index(i);
    checkQualifiedName(key, at.child('key'), errors);
    const problems = labelValueProblems(value);
    if (problems.length) errors.push(invalid(at.child('value'), value, problems.join(';')));
    if (!effect) errors.push(required(at.child('effect')));
    else if (!effects.includes(effect)) errors.push(notSupported(at.child('effect'), effect, effects));
    const pair = JSON.stringify([key, effect]);
    const detail = 'taints must be unique by key and effect pair';
    if (seen.has(pair)) errors.push(duplicate(at, goStruct('core/v1.Taint', taint), detail));
    seen.add(pair);
  });
}

function checkAmounts({ capacity, allocatable }: NodeStatus, errors: Errors): void {
  for (const [field, list] of Object.entries({ capacity, allocatable })) {
    for (const [name, given] of Object.entries(list ?? {})) {
      const amount = parseQuantity(given);
      if (amount) checkResourceAmount(name, amount, statusPath.child(field, name), errors);
    }
  }
}

const longestFeature = 253;
const featureName = /^[A-Z][a-zA-Z0-9]*(\/[a-zA-Z][a-zA-Z0-9]*)*$/;
const featureRule =
  "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes";

function checkFeatureName(name: string, at: FieldPath, errors: Errors): void {
  const long = byteLength(name) > longestFeature;
  if (!long && featureName.test(name)) return;
  const rule = long ? `must be no more than ${longestFeature} characters` : featureRule;
  errors.push(invalid(at, name, `invalid feature name ${quote(name)}: ${rule}`));
}

function checkFeatures({ declaredFeatures: names = [] }: NodeStatus, errors: Errors): void {
  names.forEach((name, i) => {
    const next = names[i + 1];
    checkFeatureName(name, statusPath.child('declaredFeatures').index(i), errors);
    const at = statusPath.child('declaredFeatures').index(i + 1);
    if (next === undefined) return;
    if (name === next) errors.push(duplicate(at, next));
    else if (compareBytes(name, next) > 0) errors.push(invalid(at, next, 'list must be sorted alphabetically'));
  });
}

function checkPodCidrs({ podCIDRs: blocks = [] }: NodeSpec, errors: Errors): void {
  const at = specPath.child('podCIDRs');
  blocks.forEach((block, i) => addInvalid(errors, at.index(i), block, blockProblems(block)));
  if (blocks.length < 2) return;
  const parsed = blocks.map(parseBlock);
  const broken = parsed.findIndex((block) => !block);
  if (broken >= 0) {
    const reason = `invalid CIDR[${broken}]: <nil> (invalid CIDR address: ${blocks[broken]})`;
    errors.push(internal(at, `invalid PodCIDRs. failed to check with dual stack with error:${reason}`));
  }
  const v6 = parsed.filter((block) => block && isV6(block.address)).length;
  const dual = broken < 0 && v6 > 0 && v6 < blocks.length;
  if (dual && blocks.length === 2) return;
  errors.push(invalid(at, blocks, 'may specify no more than one CIDR for each IP family'));
}

function checkNode({ metadata, spec = {}, status = {} }: Node, errors: Errors): void {
  checkMetadata(metadata, { namespaced: false, name: subdomainName }, errors);
  checkTaints(spec.taints ?? [], errors);
  checkAmounts(status, errors);
  const swap = status.nodeInfo?.swap?.capacity;
  if (swap !== undefined && swap <= 0) {
    errors.push(invalid(metadataPath.child('nodeSwapStatus', 'capacity'), swap, 'must be greater than zero'));
  }
  checkFeatures(status, errors);
  checkPodCidrs(spec, errors);
}

function checkChange(spec: NodeSpec, old: NodeSpec, errors: Errors): void {
  const { podCIDRs: before = [] } = old;
  const { podCIDRs: after = [] } = spec;
  const once = (field: string) => `node updates may not change ${field} except from "" to valid`;
  const changed = before.length === after.length ? before.filter((block, i) => block !== after[i]).length : 1;
  if (before.length) {
    for (let i = 0; i < changed; i++) errors.push(forbidden(specPath.child('podCIDRs'), once('podCIDR')));
  }
  if (old.providerID && old.providerID !== spec.providerID) {
    errors.push(forbidden(specPath.child('providerID'), once('providerID')));
  }
  checkTaints(spec.taints ?? [], errors);
  if ((spec.externalID ?? '') !== (old.externalID ?? '')) {
    errors.push(forbidden(specPath.child('externalID'), 'may not be updated'));
  }
}

const annotation = (name: string): UnmodelledField => ({
  pattern: 'metadata.annotations[*]',
  reason: `the rules for the annotation ${name} are not modelled`,
  applies: (value, key) => key === name && value !== '',
});

export const nodeRules: KindRules<Node> = {
  create: checkNode,
  update(node, old, errors) {
    const { spec = {}, status = {} } = node;
    checkNode(node, errors);
    checkMetadataUpdate(node.metadata, old.metadata, errors);
    checkAmounts(status, errors);
    checkFeatures(status, errors);
    checkChange(spec, old.spec ?? {}, errors);
  },
  unmodelled: [
    annotation('scheduler.alpha.kubernetes.io/taints'),
    annotation('scheduler.alpha.kubernetes.io/preferAvoidPods'),
  ],
};
