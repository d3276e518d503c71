// Containers, init containers and ephemeral containers (pkg/apis/core/validation, validateContainers,
// validateInitContainers and validateEphemeralContainers, Kubernetes 1.36).
import { duplicate, forbidden, invalid, notFound, required, tooMany } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { portNameProblems, portNumberProblems } from '../../../../api/names.ts';
import type { Container, ContainerPort, EphemeralContainer, PodSpec } from '../../../../api/object.ts';
import { addInvalid, checkGiven, checkRequiredSupported, checkSupported, once, type Errors } from '../checks.ts';
import { checkLabel } from '../labels.ts';
import { checkEnv, checkEnvFrom } from './env.ts';
import { checkVolumeDevices, checkVolumeMounts, type Volumes } from './mounts.ts';
import { checkHooksAndProbes } from './probes.ts';
import { checkContainerResources } from './resources.ts';
import { checkSecurityContext } from './security-context.ts';

/** What the containers of a Pod are looked at with. */
export interface ContainerContext {
  readonly spec: PodSpec;
  readonly volumes: Volumes;
  readonly claimNames: ReadonlySet<string>;
}

export const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const messagePolicies = ['File', 'FallbackToLogsOnError'];
const protocols = ['SCTP', 'TCP', 'UDP'];

const checkPorts = once((ports: readonly ContainerPort[], path: FieldPath, errors: Errors): void => {
  const names = new Set<string>();
  ports.forEach(({ name, containerPort, hostPort, protocol }, i) => {
    const at = path.index(i);
    if (name) {
      const problems = portNameProblems(name);
      addInvalid(errors, at.child('name'), name, problems);
      if (!problems.length) {
        if (names.has(name)) errors.push(duplicate(at.child('name'), name));
        names.add(name);
      }
    }
    if (!containerPort) errors.push(required(at.child('containerPort')));
    else addInvalid(errors, at.child('containerPort'), containerPort, portNumberProblems(containerPort));
    if (hostPort) addInvalid(errors, at.child('hostPort'), hostPort, portNumberProblems(hostPort));
    checkRequiredSupported(protocol, protocols, at.child('protocol'), errors);
  });
});

/** Two containers cannot have the same port of the node. */
function checkHostPorts(container: Container, taken: Set<string>, path: FieldPath, errors: Errors): void {
  container.ports?.forEach(({ hostPort, protocol, hostIP = '' }, i) => {
    if (!hostPort) return;
    const key = `${protocol}/${hostIP}/${hostPort}`;
    if (taken.has(key)) errors.push(duplicate(path.child('ports').index(i).child('hostPort'), key));
    taken.add(key);
  });
}

function checkResizePolicy(
  { resizePolicy }: Container,
  { restartPolicy }: PodSpec,
  path: FieldPath,
  errors: Errors,
): void {
  const seen = new Set<string>();
  resizePolicy?.forEach((policy, i) => {
    if (seen.has(policy.resourceName)) errors.push(duplicate(path.index(i), policy.resourceName));
    seen.add(policy.resourceName);
    checkRequiredSupported(policy.resourceName, ['cpu', 'memory'], path, errors);
    checkRequiredSupported(policy.restartPolicy, ['NotRequired', 'RestartContainer'], path, errors);
    if (restartPolicy === 'Never' && policy.restartPolicy !== 'NotRequired') {
      const detail = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
      errors.push(invalid(path, policy.restartPolicy, detail));
    }
  });
}

/** validateContainerCommon: what holds for every sort of container. */
function checkCommon(container: Container, context: ContainerContext, path: FieldPath, errors: Errors): void {
  const { name, image, terminationMessagePolicy } = container;
  const { spec, volumes, claimNames } = context;
  if (!name) errors.push(required(path.child('name')));
  else checkLabel(name, path.child('name'), errors);
  checkGiven(image, path.child('image'), errors);
  checkRequiredSupported(terminationMessagePolicy, messagePolicies, path.child('terminationMessagePolicy'), errors);
  if (container.ports) checkPorts(container.ports, path.child('ports'), errors);
  if (container.env) checkEnv(container.env, path.child('env'), errors);
  if (container.envFrom) checkEnvFrom(container.envFrom, path.child('envFrom'), errors);
  if (container.volumeMounts) checkVolumeMounts(container, volumes, path.child('volumeMounts'), errors);
  if (container.volumeDevices) checkVolumeDevices(container, volumes, path.child('volumeDevices'), errors);
  checkRequiredSupported(container.imagePullPolicy, pullPolicies, path.child('imagePullPolicy'), errors);
  checkContainerResources(container.resources, claimNames, path.child('resources'), errors);
  if (container.resizePolicy) checkResizePolicy(container, spec, path.child('resizePolicy'), errors);
  checkSecurityContext(container.securityContext, spec.hostUsers ?? true, path.child('securityContext'), errors);
}

const exitCodesLimit = 255;
const rulesLimit = 20;

/** A container's own restart policy. Rules by exit code need one. */
function checkRestartPolicy({ restartPolicy, restartPolicyRules }: Container, path: FieldPath, errors: Errors): void {
  const at = path.child('restartPolicy');
  if (restartPolicy !== undefined) checkSupported(restartPolicy, ['Always', 'Never', 'OnFailure'], at, errors);
  else if (restartPolicyRules?.length) {
    errors.push(required(at, 'must specify restartPolicy when restart rules are used'));
  }
}

function checkRestartRules({ restartPolicyRules: rules }: Container, path: FieldPath, errors: Errors): void {
  const rulesPath = path.child('restartPolicyRules');
  if (rules && rules.length > rulesLimit) errors.push(tooMany(rulesPath, rules.length, rulesLimit));
  rules?.forEach(({ action, exitCodes }, i) => {
    const at = rulesPath.index(i);
    checkSupported(action ?? '', ['Restart', 'RestartAllContainers'], at.child('action'), errors);
    if (!exitCodes) return void errors.push(required(at.child('exitCodes'), 'must be specified'));
    checkSupported(exitCodes.operator ?? '', ['In', 'NotIn'], at.child('exitCodes', 'operator'), errors);
    const count = exitCodes.values?.length ?? 0;
    if (count > exitCodesLimit) errors.push(tooMany(at.child('exitCodes', 'values'), count, exitCodesLimit));
  });
}

export function checkContainers(context: ContainerContext, path: FieldPath, errors: Errors): void {
  const { containers, terminationGracePeriodSeconds } = context.spec;
  if (!containers.length) return void errors.push(required(path));
  const names = new Set<string>();
  containers.forEach((container, i) => {
    const at = path.index(i);
    checkCommon(container, context, at, errors);
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    names.add(container.name);
    checkHooksAndProbes(container, terminationGracePeriodSeconds, at, errors);
    checkRestartPolicy(container, at, errors);
    checkRestartRules(container, at, errors);
  });
  const taken = new Set<string>();
  containers.forEach((container, i) => checkHostPorts(container, taken, path.index(i), errors));
}

const runningOnly = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** Init containers run one by one, unless they are restarted always: then they are probed like the others. */
export function checkInitContainers(context: ContainerContext, path: FieldPath, errors: Errors): void {
  const { containers, initContainers, terminationGracePeriodSeconds } = context.spec;
  const names = new Set(containers.map(({ name }) => name));
  initContainers?.forEach((container, i) => {
    const at = path.index(i);
    checkCommon(container, context, at, errors);
    checkRestartPolicy(container, at, errors);
    if (container.restartPolicy !== undefined) checkRestartRules(container, at, errors);
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    else if (container.name) names.add(container.name);
    // the server numbers a single container from zero here
    checkHostPorts(container, new Set(), path.index(0), errors);
    if (container.restartPolicy === 'Always') {
      checkHooksAndProbes(container, terminationGracePeriodSeconds, at, errors);
      return;
    }
    for (const name of runningOnly) {
      if (!container[name]) continue;
      errors.push(forbidden(at.child(name), 'may not be set for init containers without restartPolicy=Always'));
    }
  });
}

/** What an ephemeral container must do without, in Go's order of the fields. */
const notEphemeral = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

function isSet(value: unknown): boolean {
  if (value === undefined) return false;
  return Array.isArray(value) || typeof value !== 'object' || Object.keys(value as object).length > 0;
}

export function checkEphemeralContainers(context: ContainerContext, path: FieldPath, errors: Errors): void {
  const { containers, initContainers = [], ephemeralContainers } = context.spec;
  const others = new Set([...containers, ...initContainers].map(({ name }) => name));
  const names = new Set(others);
  const not = 'cannot be set for an Ephemeral Container';
  ephemeralContainers?.forEach((container: EphemeralContainer, i) => {
    const at = path.index(i);
    checkCommon(container, context, at, errors);
    checkImageSpacing(container, at, errors);
    const { name, targetContainerName, volumeMounts } = container;
    if (names.has(name)) errors.push(duplicate(at.child('name'), name));
    names.add(name);
    if (targetContainerName && !others.has(targetContainerName)) {
      errors.push(notFound(at.child('targetContainerName'), targetContainerName));
    }
    for (const field of notEphemeral) {
      const value = container[field];
      const lists = field === 'lifecycle' || field.endsWith('Probe') ? value !== undefined : isSet(value);
      if (lists) errors.push(forbidden(at.child(field), not));
    }
    volumeMounts?.forEach(({ subPath, subPathExpr }, j) => {
      const mount = at.child('volumeMounts').index(j);
      if (subPath) errors.push(forbidden(mount.child('subPath'), not));
      if (subPathExpr) errors.push(forbidden(mount.child('subPathExpr'), not));
    });
  });
}

/** validateContainerOnlyForPod: templates are more patient, for the sake of old ones. */
export function checkImageSpacing({ image = '' }: Container, path: FieldPath, errors: Errors): void {
  if (image.trim() === image) return;
  errors.push(invalid(path.child('image'), image, 'must not have leading or trailing whitespace'));
}
