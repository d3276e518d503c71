// Warnings about Services (pkg/api/service/warnings.go, Kubernetes 1.36).
import type { Service } from '../../../api/object.ts';
import { addressWarnings, blockWarnings } from './address.ts';

const topologyHints = 'service.kubernetes.io/topology-aware-hints';
const topologyMode = 'service.kubernetes.io/topology-mode';

export function serviceWarnings({ metadata, spec = {} }: Service): string[] {
  const {
    type,
    clusterIP,
    clusterIPs = [],
    externalIPs = [],
    loadBalancerIP = '',
    loadBalancerSourceRanges = [],
  } = spec;
  const headless = type === 'ClusterIP' && clusterIP === 'None';
  const external = type === 'ExternalName';
  const found: string[] = [];
  if (metadata.annotations?.[topologyHints] !== undefined) {
    found.push(`annotation ${topologyHints} is deprecated, please use ${topologyMode} instead`);
  }
  if (clusterIP && clusterIP !== 'None') {
    clusterIPs.forEach((ip, i) => found.push(...addressWarnings(ip, `spec.clusterIPs[${i}]`)));
  }
  if (headless) {
    if (loadBalancerIP) found.push('spec.loadBalancerIP is ignored for headless services');
    if (externalIPs.length) found.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None') found.push('spec.SessionAffinity is ignored for headless services');
  }
  externalIPs.forEach((ip, i) => found.push(...addressWarnings(ip, `spec.externalIPs[${i}]`)));
  if (externalIPs.length && !headless && !external) {
    found.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  if (loadBalancerIP) found.push(...addressWarnings(loadBalancerIP, 'spec.loadBalancerIP'));
  loadBalancerSourceRanges.forEach((range, i) =>
    found.push(...blockWarnings(range.trim(), `spec.loadBalancerSourceRanges[${i}]`)),
  );
  if (external && externalIPs.length) found.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (!external && spec.externalName) found.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === 'PreferClose') {
    found.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return found;
}
