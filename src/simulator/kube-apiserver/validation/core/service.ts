// Services (pkg/apis/core/validation, ValidateService, Kubernetes 1.36).
import { duplicate, forbidden, invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { portNumberProblems } from '../../../../api/names.ts';
import type { Service, ServicePort, ServiceSpec } from '../../../../api/object.ts';
import { addInvalid, checkPort, checkRequiredSupported, checkSupported, type Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { addressProblems, blockProblems, specialAddressProblems } from '../ip-address.ts';
import { checkLabel, checkLabels, checkQualifiedName, checkSubdomain } from '../labels.ts';
import { checkMetadata, checkMetadataUpdate, labelName, metadataPath } from '../object-meta.ts';
import { checkClusterIpChange, checkClusterIps, isHeadless } from './service-addresses.ts';

const path = FieldPath.of('spec');
const noSpec: ServiceSpec = {};
const protocols = ['SCTP', 'TCP', 'UDP'];
const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const sourceRanges = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const longestAffinity = 86_400;

/** What the type of a Service rules out. */
function checkType(spec: ServiceSpec, errors: Errors): void {
  const { type, clusterIPs = [], ipFamilies = [], ipFamilyPolicy, externalName = '' } = spec;
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(spec)) {
    const at = path.child('clusterIPs').index(0);
    errors.push(invalid(at, clusterIPs[0], `may not be set to 'None' for ${type} services`));
  }
  if (type !== 'ExternalName') return;
  const detail = 'may not be set for ExternalName services';
  if (clusterIPs.length) errors.push(forbidden(path.child('clusterIPs'), detail));
  if (ipFamilies.length) errors.push(forbidden(path.child('ipFamilies'), detail));
  if (ipFamilyPolicy !== undefined) errors.push(forbidden(path.child('ipFamilyPolicy'), detail));
  const name = externalName.replace(/\.$/, '');
  if (name) checkSubdomain(name, path.child('externalName'), errors);
  else errors.push(required(path.child('externalName')));
}

function checkServicePort(
  port: ServicePort,
  several: boolean,
  names: Set<string>,
  at: FieldPath,
  errors: Errors,
): void {
  const { name, protocol, appProtocol } = port;
  if (several && !name) errors.push(required(at.child('name')));
  else if (name) {
    checkLabel(name, at.child('name'), errors);
    if (names.has(name)) errors.push(duplicate(at.child('name'), name));
    names.add(name);
  }
  addInvalid(errors, at.child('port'), port.port, portNumberProblems(port.port));
  checkRequiredSupported(protocol, protocols, at.child('protocol'), errors);
  checkPort(port.targetPort, at.child('targetPort'), errors);
  if (appProtocol !== undefined) checkQualifiedName(appProtocol, at.child('appProtocol'), errors);
}

function checkAffinity({ sessionAffinity, sessionAffinityConfig }: ServiceSpec, errors: Errors): void {
  checkRequiredSupported(sessionAffinity, ['ClientIP', 'None'], path.child('sessionAffinity'), errors);
  const at = path.child('sessionAffinityConfig');
  if (sessionAffinity === 'None' && sessionAffinityConfig) {
    errors.push(forbidden(at, 'must not be set when session affinity is None'));
  }
  if (sessionAffinity !== 'ClientIP') return;
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  const timeout = at.child('clientIP', 'timeoutSeconds');
  if (seconds === undefined) errors.push(required(timeout, 'when session affinity type is ClientIP'));
  else if (seconds <= 0 || seconds > longestAffinity) {
    errors.push(invalid(timeout, seconds, `must be greater than 0 and less than ${longestAffinity}`));
  }
}

/** No port of the node, and no port of the Service, is taken twice with the same protocol. */
function checkDuplicates({ type, ports = [] }: ServiceSpec, errors: Errors): void {
  const at = path.child('ports');
  if (type === 'ClusterIP') {
    ports.forEach(({ nodePort }, i) => {
      const detail = "may not be used when `type` is 'ClusterIP'";
      if (nodePort) errors.push(forbidden(at.index(i).child('nodePort'), detail));
    });
  }
  const nodePorts = new Set<string>();
  ports.forEach(({ protocol, nodePort }, i) => {
    if (!nodePort) return;
    const key = `${protocol} ${nodePort}`;
    if (nodePorts.has(key)) errors.push(duplicate(at.index(i).child('nodePort'), nodePort));
    nodePorts.add(key);
  });
  const own = new Set<string>();
  ports.forEach(({ protocol, port }, i) => {
    const key = `${protocol} ${port}`;
    if (own.has(key)) errors.push(duplicate(at.index(i), goStruct('core/v1.ServicePort', { protocol, port })));
    own.add(key);
  });
}

const forLoadBalancers = "may only be used when `type` is 'LoadBalancer'";

function checkSourceRanges({ metadata, spec = noSpec }: Service, errors: Errors): void {
  const { type, loadBalancerSourceRanges: ranges = [] } = spec;
  const annotation = metadata.annotations?.[sourceRanges];
  if (ranges.length) {
    const at = path.child('LoadBalancerSourceRanges');
    if (type !== 'LoadBalancer') errors.push(forbidden(at, forLoadBalancers));
    ranges.forEach((range, i) => addInvalid(errors, at.index(i), range.trim(), blockProblems(range.trim())));
  } else if (annotation !== undefined) {
    const at = metadataPath.child('annotations').key(sourceRanges);
    if (type !== 'LoadBalancer') errors.push(forbidden(at, forLoadBalancers));
    for (const range of annotation.trim() ? annotation.trim().split(',') : []) {
      addInvalid(errors, at, range.trim(), blockProblems(range.trim()));
    }
  }
}

function checkLoadBalancer(spec: ServiceSpec, errors: Errors): void {
  const { type, allocateLoadBalancerNodePorts } = spec;
  if (type !== 'LoadBalancer') {
    if (allocateLoadBalancerNodePorts !== undefined) {
      errors.push(forbidden(path.child('allocateLoadBalancerNodePorts'), forLoadBalancers));
    }
  } else if (allocateLoadBalancerNodePorts === undefined) {
    errors.push(required(FieldPath.of('allocateLoadBalancerNodePorts')));
  }
  checkLoadBalancerClass(spec, errors);
}

/** The server looks at the class twice when a Service is updated. */
function checkLoadBalancerClass({ type, loadBalancerClass }: ServiceSpec, errors: Errors): void {
  if (loadBalancerClass === undefined) return;
  const at = path.child('loadBalancerClass');
  if (type === 'LoadBalancer') checkQualifiedName(loadBalancerClass, at, errors);
  else errors.push(forbidden(at, forLoadBalancers));
}

/** ExternallyAccessible. */
const isReachable = ({ type, externalIPs = [] }: ServiceSpec) =>
  type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && externalIPs.length > 0);

const needsHealthCheck = ({ type, externalTrafficPolicy }: ServiceSpec) =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local';

function checkTraffic(spec: ServiceSpec, errors: Errors): void {
  const { type, externalTrafficPolicy, internalTrafficPolicy, healthCheckNodePort = 0, trafficDistribution } = spec;
  const policies = ['Cluster', 'Local'];
  const external = path.child('externalTrafficPolicy');
  if (isReachable(spec)) checkRequiredSupported(externalTrafficPolicy, policies, external, errors);
  else if (externalTrafficPolicy) {
    errors.push(invalid(external, externalTrafficPolicy, 'may only be set for externally-accessible services'));
  }
  const health = path.child('healthCheckNodePort');
  if (needsHealthCheck(spec)) {
    if (healthCheckNodePort) addInvalid(errors, health, healthCheckNodePort, portNumberProblems(healthCheckNodePort));
    else errors.push(required(health));
  } else if (healthCheckNodePort) {
    const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid(health, healthCheckNodePort, detail));
  }
  const internal = path.child('internalTrafficPolicy');
  if (internalTrafficPolicy === undefined) {
    if (type !== 'ExternalName' && types.includes(type ?? '')) errors.push(required(internal));
  } else checkSupported(internalTrafficPolicy, policies, internal, errors);
  const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
  checkSupported(trafficDistribution, distributions, path.child('trafficDistribution'), errors);
}

const topologyHints = 'service.kubernetes.io/topology-aware-hints';
const topologyMode = 'service.kubernetes.io/topology-mode';

function checkTopologyAnnotations({ metadata: { annotations = {} } }: Service, errors: Errors): void {
  const mode = annotations[topologyMode];
  const hints = annotations[topologyHints];
  if (mode === undefined || hints === undefined || mode === hints) return;
  const detail = `must match annotations[${topologyHints}] when both are specified`;
  errors.push(invalid(metadataPath.child('annotations').key(topologyMode), mode, detail));
}

export function checkService(service: Service, errors: Errors): void {
  checkMetadata(service.metadata, { namespaced: true, name: labelName }, errors);
  checkContent(service, errors);
}

function checkContent(service: Service, errors: Errors): void {
  const { spec = noSpec } = service;
  const { ports = [], externalIPs = [], type } = spec;
  checkTopologyAnnotations(service, errors);
  if (!ports.length && !isHeadless(spec) && type !== 'ExternalName') errors.push(required(path.child('ports')));
  checkType(spec, errors);
  const names = new Set<string>();
  ports.forEach((port, i) => checkServicePort(port, ports.length > 1, names, path.child('ports').index(i), errors));
  checkLabels(spec.selector, path.child('selector'), errors);
  checkAffinity(spec, errors);
  checkClusterIps(spec, errors);
  externalIPs.forEach((ip, i) => {
    const at = path.child('externalIPs').index(i);
    const problems = addressProblems(ip);
    addInvalid(errors, at, ip, problems.length ? problems : specialAddressProblems(ip));
  });
  checkRequiredSupported(type, types, path.child('type'), errors);
  checkDuplicates(spec, errors);
  checkSourceRanges(service, errors);
  checkLoadBalancer(spec, errors);
  checkTraffic(spec, errors);
}

export function checkServiceUpdate(service: Service, old: Service, errors: Errors): void {
  const { spec = noSpec } = service;
  const before = old.spec ?? noSpec;
  checkMetadataUpdate(service.metadata, old.metadata, errors);
  checkClusterIpChange(spec, before, errors);
  if (spec.type === 'LoadBalancer' && before.type === 'LoadBalancer') {
    if (spec.loadBalancerClass !== before.loadBalancerClass) {
      const shown = spec.loadBalancerClass ?? null;
      errors.push(invalid(path.child('loadBalancerClass'), shown, 'may not change once set'));
    }
  }
  checkLoadBalancerClass(spec, errors);
  if (needsHealthCheck(spec) && needsHealthCheck(before) && spec.healthCheckNodePort !== before.healthCheckNodePort) {
    errors.push(forbidden(path.child('healthCheckNodePort'), 'field is immutable'));
  }
  checkContent(service, errors);
}
