// NetworkPolicies (pkg/apis/networking/validation, ValidateNetworkPolicy, Kubernetes 1.36).
import { containsAddress, parseBlock } from '../../../../base/ip-address.ts';
import { forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { portNameProblems, portNumberProblems } from '../../../../api/names.ts';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../../api/object.ts';
import { addInvalid, checkSupported, type Errors } from '../checks.ts';
import { blockProblems } from '../ip-address.ts';
import { kindRules } from '../kind-rules.ts';
import { checkLabelSelector } from '../labels.ts';
import { subdomainName } from '../object-meta.ts';

const path = FieldPath.of('spec');
const protocols = ['TCP', 'UDP', 'SCTP'];
const policyTypes = ['Ingress', 'Egress'];

function checkPort({ protocol, port, endPort }: NetworkPolicyPort, at: FieldPath, errors: Errors): void {
  checkSupported(protocol, protocols, at.child('protocol'), errors);
  const end = at.child('endPort');
  if (port === undefined) {
    if (endPort !== undefined) errors.push(invalid(end, endPort, 'may not be specified when `port` is not specified'));
  } else if (typeof port === 'string') {
    if (endPort !== undefined) errors.push(invalid(end, endPort, 'may not be specified when `port` is non-numeric'));
    addInvalid(errors, at.child('port'), port, portNameProblems(port));
  } else {
    addInvalid(errors, at.child('port'), port, portNumberProblems(port));
    if (endPort === undefined) return;
    if (endPort < port) errors.push(invalid(end, port, 'must be greater than or equal to `port`'));
    addInvalid(errors, end, endPort, portNumberProblems(endPort));
  }
}

/** A block and what is cut out of it. `known`: blocks of the policy before, which are not looked at again. */
function checkIpBlock({ cidr, except = [] }: IPBlock, known: readonly string[], at: FieldPath, errors: Errors): void {
  if (!cidr) return void errors.push(required(at.child('cidr')));
  const problemsOf = (text: string) => (known.includes(text) ? [] : blockProblems(text));
  addInvalid(errors, at.child('cidr'), cidr, problemsOf(cidr));
  const whole = parseBlock(cidr);
  if (!whole) return;
  except.forEach((text, i) => {
    const exceptPath = at.child('except').index(i);
    addInvalid(errors, exceptPath, text, problemsOf(text));
    const part = parseBlock(text);
    if (!part || (containsAddress(whole, part.address) && whole.bits < part.bits)) return;
    errors.push(invalid(exceptPath, text, 'must be a strict subset of `cidr`'));
  });
}

function checkPeer(peer: NetworkPolicyPeer, known: readonly string[], at: FieldPath, errors: Errors): void {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  checkLabelSelector(podSelector, at.child('podSelector'), errors);
  checkLabelSelector(namespaceSelector, at.child('namespaceSelector'), errors);
  if (ipBlock) checkIpBlock(ipBlock, known, at.child('ipBlock'), errors);
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (!ipBlock && !selects) errors.push(required(at, 'must specify a peer'));
  else if (ipBlock && selects) errors.push(forbidden(at, 'may not specify both ipBlock and another peer'));
}

const blocksOf = (peers: readonly NetworkPolicyPeer[] = []) =>
  peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));

function checkSpec({ spec }: NetworkPolicy, errors: Errors, old?: NetworkPolicy): void {
  const { podSelector, ingress = [], egress = [], policyTypes: types = [] } = spec ?? {};
  const known = [
    ...(old?.spec?.ingress ?? []).flatMap(({ from }) => blocksOf(from)),
    ...(old?.spec?.egress ?? []).flatMap(({ to }) => blocksOf(to)),
  ];
  const checkRule = (
    at: FieldPath,
    ports: readonly NetworkPolicyPort[] | undefined,
    side: string,
    peers: readonly NetworkPolicyPeer[] | undefined,
  ) => {
    ports?.forEach((port, i) => checkPort(port, at.child('ports').index(i), errors));
    peers?.forEach((peer, i) => checkPeer(peer, known, at.child(side).index(i), errors));
  };
  checkLabelSelector(podSelector, path.child('podSelector'), errors);
  ingress.forEach(({ ports, from }, i) => checkRule(path.child('ingress').index(i), ports, 'from', from));
  egress.forEach(({ ports, to }, i) => checkRule(path.child('egress').index(i), ports, 'to', to));
  const at = path.child('policyTypes');
  if (types.length > 2) return void errors.push(invalid(at, types, 'may not specify more than two policyTypes'));
  types.forEach((type, i) => {
    if (!policyTypes.includes(type)) errors.push(notSupported(at.index(i), type, policyTypes));
  });
}

export const networkPolicyRules = kindRules<NetworkPolicy>({
  meta: { namespaced: true, name: subdomainName },
  content: checkSpec,
});
