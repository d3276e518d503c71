// The spec of a Pod, in a Pod or in a template (pkg/apis/core/validation, ValidatePodSpec, Kubernetes 1.36). The order of the
// checks is the order of the errors.
import { forbidden, invalid, required, tooLong } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { ObjectMeta, PodDNSConfig, PodResourceClaim, PodSpec } from '../../../../api/object.ts';
import { byteLength } from '../../../../api/go-text.ts';
import { duplicate } from '../../../../api/field-error.ts';
import { dns1123SubdomainWithUnderscoreProblems } from '../../../../api/names.ts';
import { addInvalid, checkRequiredSupported, maxInt32, type Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { addressProblems } from '../ip-address.ts';
import { checkLabel, checkLabels, checkQualifiedName, checkSubdomain } from '../labels.ts';
import { checkContainers, checkEphemeralContainers, checkInitContainers, type ContainerContext } from './containers.ts';
import { checkFileVolumes } from './env.ts';
import { checkHostProcess, checkOs } from './os.ts';
import { checkContainerResources, checkPodResources } from './resources.ts';
import { checkAffinity, checkSchedulingGates, checkSpreadConstraints, checkTolerations } from './scheduling.ts';
import { checkPodSecurityContext } from './security-context.ts';
import { checkVolumes } from './volumes.ts';

export interface PodSpecOptions {
  /** The metadata of the Pod; absent for a template. */
  readonly metadata?: ObjectMeta;
}

function checkResourceClaims(claims: readonly PodResourceClaim[] | undefined, path: FieldPath, errors: Errors): void {
  const names = new Set<string>();
  claims?.forEach((claim, i) => {
    const at = path.index(i);
    const { name, resourceClaimName, resourceClaimTemplateName } = claim;
    if (!name) errors.push(required(at.child('name')));
    else if (names.has(name)) errors.push(duplicate(at.child('name'), name));
    else checkLabel(name, at.child('name'), errors);
    names.add(name);
    const shown = () => goStruct('core/v1.PodResourceClaim', claim);
    if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined) {
      const detail = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
      errors.push(invalid(at, shown(), detail));
    }
    if (resourceClaimName === undefined && resourceClaimTemplateName === undefined) {
      errors.push(invalid(at, shown(), 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'));
    }
    if (resourceClaimName !== undefined) checkSubdomain(resourceClaimName, at.child('resourceClaimName'), errors);
    if (resourceClaimTemplateName !== undefined) {
      checkSubdomain(resourceClaimTemplateName, at.child('resourceClaimTemplateName'), errors);
    }
  });
}

/** On the network of its node a container has the ports it listens on. A template may leave them to the Pod. */
function checkHostNetworkPorts(spec: PodSpec, ofPod: boolean, path: FieldPath, errors: Errors): void {
  if (!spec.hostNetwork) return;
  spec.containers.forEach(({ ports }, i) =>
    ports?.forEach(({ hostPort = 0, containerPort }, j) => {
      if (hostPort === containerPort || (!ofPod && hostPort === 0)) return;
      const at = path.child('containers').index(i).child('ports').index(j).child('hostPort');
      errors.push(invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true'));
    }),
  );
}

const nameserverLimit = 3;
const searchLimit = 32;
const searchBytes = 2048;

function checkDnsConfig(config: PodDNSConfig | undefined, policy: string | undefined, path: FieldPath, errors: Errors) {
  const { nameservers = [], searches = [], options = [] } = config ?? {};
  if (policy === 'None') {
    if (!config) return void errors.push(required(path, 'must provide `dnsConfig` when `dnsPolicy` is None'));
    if (!nameservers.length) {
      const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return void errors.push(required(path.child('nameservers'), detail));
    }
  }
  if (nameservers.length > nameserverLimit) {
    const detail = `must not have more than ${nameserverLimit} nameservers`;
    errors.push(invalid(path.child('nameservers'), nameservers, detail));
  }
  nameservers.forEach((ip, i) => addInvalid(errors, path.child('nameservers').index(i), ip, addressProblems(ip)));
  const at = path.child('searches');
  if (searches.length > searchLimit) {
    errors.push(invalid(at, searches, `must not have more than ${searchLimit} search paths`));
  }
  if (byteLength(searches.join(' ')) > searchBytes) {
    const detail = `must not have more than ${searchBytes} characters (including spaces) in the search list`;
    errors.push(invalid(at, searches, detail));
  }
  searches.forEach((search, i) => {
    if (search === '.') return;
    const name = search.replace(/\.$/, '');
    addInvalid(errors, at.index(i), name, dns1123SubdomainWithUnderscoreProblems(name));
  });
  options.forEach(({ name }, i) => {
    if (!name) errors.push(required(path.child('options').index(i), 'must not be empty'));
  });
}

/** A user namespace of one's own does not go with the other namespaces of the node. */
function checkHostUsers(spec: PodSpec, path: FieldPath, errors: Errors): void {
  if (spec.hostUsers ?? true) return;
  const detail = 'when `hostUsers` is false';
  if (spec.hostNetwork) errors.push(forbidden(path.child('hostNetwork'), detail));
  if (spec.hostPID) errors.push(forbidden(path.child('HostPID'), detail));
  if (spec.hostIPC) errors.push(forbidden(path.child('HostIPC'), detail));
}

const hostnameLimit = 64;

function checkHostnameOverride(spec: PodSpec, path: FieldPath, errors: Errors): void {
  const { hostnameOverride: name, setHostnameAsFQDN, hostNetwork } = spec;
  if (name === undefined) return;
  if (setHostnameAsFQDN) errors.push(forbidden(path, 'may not be specified when setHostnameAsFQDN is true'));
  if (hostNetwork) errors.push(forbidden(path, 'may not be specified when hostNetwork is true'));
  if (byteLength(name) > hostnameLimit) errors.push(tooLong(path, hostnameLimit));
  checkSubdomain(name, path, errors);
}

function checkNames(spec: PodSpec, path: FieldPath, errors: Errors): void {
  const { serviceAccountName, nodeName, activeDeadlineSeconds: deadline, hostname, subdomain } = spec;
  if (serviceAccountName) checkSubdomain(serviceAccountName, path.child('serviceAccountName'), errors);
  if (nodeName) checkSubdomain(nodeName, path.child('nodeName'), errors);
  if (deadline !== undefined && (deadline < 1 || deadline > maxInt32)) {
    errors.push(invalid(path.child('activeDeadlineSeconds'), deadline, `must be between 1 and ${maxInt32}, inclusive`));
  }
  if (hostname) checkLabel(hostname, path.child('hostname'), errors);
  if (subdomain) checkLabel(subdomain, path.child('subdomain'), errors);
}

function checkHostAliases({ hostAliases }: PodSpec, path: FieldPath, errors: Errors): void {
  hostAliases?.forEach(({ ip, hostnames = [] }, i) => {
    const at = path.index(i);
    addInvalid(errors, at.child('ip'), ip, addressProblems(ip));
    hostnames.forEach((name, j) => checkSubdomain(name, at.child('hostnames').index(j), errors));
  });
}

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const preemptionPolicies = ['PreemptLowerPriority', 'Never'];

export function checkPodSpec(spec: PodSpec, path: FieldPath, errors: Errors, { metadata }: PodSpecOptions = {}): void {
  const ofPod = metadata !== undefined;
  if (spec.terminationGracePeriodSeconds === undefined) {
    errors.push(required(path.child('terminationGracePeriodSeconds')));
  }
  const volumes = checkVolumes(spec.volumes, metadata, path.child('volumes'), errors, { ofPod });
  const claimNames = new Set(spec.resourceClaims?.map(({ name }) => name).filter(Boolean));
  checkResourceClaims(spec.resourceClaims, path.child('resourceClaims'), errors);
  const context: ContainerContext = { spec, volumes, claimNames };
  checkContainers(context, path.child('containers'), errors);
  checkInitContainers(context, path.child('initContainers'), errors);
  checkEphemeralContainers(context, path.child('ephemeralContainers'), errors);
  checkPodResources(spec, claimNames, path.child('resources'), errors);
  checkHostNetworkPorts(spec, ofPod, path, errors);
  checkRequiredSupported(spec.restartPolicy, restartPolicies, path.child('restartPolicy'), errors);
  checkRequiredSupported(spec.dnsPolicy, dnsPolicies, path.child('dnsPolicy'), errors);
  checkLabels(spec.nodeSelector, path.child('nodeSelector'), errors);
  checkPodSecurityContext(spec, path.child('securityContext'), errors);
  if (spec.affinity) checkAffinity(spec.affinity, path.child('affinity'), errors);
  checkDnsConfig(spec.dnsConfig, spec.dnsPolicy, path.child('dnsConfig'), errors);
  spec.readinessGates?.forEach(({ conditionType }, i) =>
    checkQualifiedName(conditionType, path.child('readinessGates').index(i).child('conditionType'), errors),
  );
  checkSchedulingGates(spec.schedulingGates, path.child('schedulingGates'), errors);
  checkSpreadConstraints(spec.topologySpreadConstraints, path.child('topologySpreadConstraints'), errors);
  checkHostProcess(spec, path, errors);
  checkHostUsers(spec, path, errors);
  checkHostnameOverride(spec, path.child('hostnameOverride'), errors);
  checkNames(spec, path, errors);
  checkTolerations(spec.tolerations, path.child('tolerations'), errors);
  checkHostAliases(spec, path.child('hostAliases'), errors);
  checkRest(spec, path, errors);
}

function checkRest(spec: PodSpec, path: FieldPath, errors: Errors): void {
  if (spec.priorityClassName) checkSubdomain(spec.priorityClassName, path.child('priorityClassName'), errors);
  if (spec.runtimeClassName !== undefined)
    checkSubdomain(spec.runtimeClassName, path.child('runtimeClassName'), errors);
  if (spec.preemptionPolicy !== undefined) {
    checkRequiredSupported(spec.preemptionPolicy, preemptionPolicies, path.child('preemptionPolicy'), errors);
  }
  if (spec.overhead) checkContainerResources({ limits: spec.overhead }, new Set(), path.child('overhead'), errors);
  checkOs(spec, path, errors);
  checkFileVolumes(spec, path, errors);
}
