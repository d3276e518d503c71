// The ranges Services get their addresses from, and the addresses that are taken (pkg/apis/networking/validation, Kubernetes 1.36).
import { formatAddress, networkOf, parseBlock } from '../../../../base/ip-address.ts';
import { invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { IPAddress, ParentReference, ServiceCIDR } from '../../../../api/object.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { shownList } from '../go-struct.ts';
import { blockProblems, canonicalAddressProblems, isV6 } from '../ip-address.ts';
import { checkSubdomain } from '../labels.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, pathSegmentName, subdomainName } from '../object-meta.ts';
import type { KindRules } from '../validation.ts';

const path = FieldPath.of('spec', 'cidrs');
const immutable = 'field is immutable';

/** IsValidCIDR: written as Go would write it. */
function rangeProblems(text: string): string[] {
  const problems = blockProblems(text);
  const block = parseBlock(text);
  if (problems.length || !block) return problems;
  const canonical = `${formatAddress(networkOf(block))}/${block.bits}`;
  return text === canonical ? [] : [`must be in canonical form ("${canonical}")`];
}

function checkRanges(ranges: readonly string[], errors: Errors): void {
  if (!ranges.length) return void errors.push(required(path, 'at least one CIDR required'));
  if (ranges.length > 2) return void errors.push(invalid(path, { CIDRs: ranges }, 'may only hold up to 2 values'));
  ranges.forEach((range, i) => addInvalid(errors, path.index(i), range, rangeProblems(range)));
  const families = ranges.flatMap((range) => parseBlock(range) ?? []).map(({ address }) => isV6(address));
  if (families.length === 2 && families[0] === families[1]) {
    const detail = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';
    errors.push(invalid(path, ranges, detail));
  }
}

export const serviceCidrRules: KindRules<ServiceCIDR> = {
  create({ metadata, spec }, errors) {
    checkMetadata(metadata, { namespaced: false, name: subdomainName }, errors);
    checkRanges(spec?.cidrs ?? [], errors);
  },
  update({ metadata, spec }, old, errors) {
    const ranges = spec?.cidrs ?? [];
    const before = old.spec?.cidrs ?? [];
    checkMetadataUpdate(metadata, old.metadata, errors);
    // a second range may come, for the other family
    const grows = before.length === 1 && ranges.length === 2;
    if (!grows && ranges.length !== before.length)
      return void errors.push(invalid(path, shownList(spec?.cidrs), immutable));
    before.forEach((range, i) => {
      if (range !== ranges[i]) errors.push(invalid(path.index(i), ranges[i], immutable));
    });
    if (grows) checkRanges(ranges, errors);
  },
};

const parentPath = FieldPath.of('spec', 'parentRef');

function checkParent(parent: ParentReference | undefined, errors: Errors): void {
  if (!parent) return void errors.push(required(parentPath));
  if (parent.group) checkSubdomain(parent.group, parentPath.child('group'), errors);
  for (const name of ['resource', 'name', 'namespace'] as const) {
    const value = parent[name] ?? '';
    const at = parentPath.child(name);
    if (value) addInvalid(errors, at, value, pathSegmentName(value));
    else if (name !== 'namespace') errors.push(required(at));
  }
}

const shownParent = (parent: ParentReference | undefined) =>
  parent
    ? {
        Group: parent.group ?? '',
        Resource: parent.resource ?? '',
        Namespace: parent.namespace ?? '',
        Name: parent.name ?? '',
      }
    : null;

function checkIpAddress({ metadata, spec }: IPAddress, errors: Errors): void {
  checkMetadata(metadata, { namespaced: false, name: canonicalAddressProblems }, errors);
  checkParent(spec?.parentRef, errors);
}

export const ipAddressRules: KindRules<IPAddress> = {
  create: checkIpAddress,
  update(address, old, errors) {
    const { metadata, spec } = address;
    checkIpAddress(address, errors);
    checkMetadataUpdate(metadata, old.metadata, errors);
    checkImmutable(shownParent(spec?.parentRef), shownParent(old.spec?.parentRef), parentPath, errors);
  },
};
