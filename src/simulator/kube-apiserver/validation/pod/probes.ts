// Probes and lifecycle hooks: one handler each, with its own rules (pkg/apis/core/validation, validateHandler, Kubernetes 1.36).
import { forbidden, invalid, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { httpHeaderNameProblems, portNumberProblems } from '../../../../api/names.ts';
import type { HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from '../../../../api/object.ts';
import { addInvalid, checkGiven, checkNonNegative, checkPort, checkSupported, type Errors } from '../checks.ts';

type Handler = Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> & Pick<LifecycleHandler, 'sleep'>;
type HandlerCheck = (handler: Handler, path: FieldPath, errors: Errors, gracePeriod: number | undefined) => void;

function checkHttpGet({ path: url, port, scheme, httpHeaders }: HTTPGetAction, path: FieldPath, errors: Errors): void {
  checkGiven(url, path.child('path'), errors);
  checkPort(port, path.child('port'), errors);
  checkSupported(scheme ?? '', ['HTTP', 'HTTPS'], path.child('scheme'), errors);
  for (const { name } of httpHeaders ?? []) {
    addInvalid(errors, path.child('httpHeaders'), name, httpHeaderNameProblems(name));
  }
}

/** In the order in which the server looks for them. */
const handlers: Readonly<Record<keyof Handler, HandlerCheck>> = {
  exec({ exec }, path, errors) {
    if (!exec?.command?.length) errors.push(required(path.child('command')));
  },
  httpGet({ httpGet }, path, errors) {
    if (httpGet) checkHttpGet(httpGet, path, errors);
  },
  tcpSocket: ({ tcpSocket }, path, errors) => checkPort(tcpSocket?.port, path.child('port'), errors),
  grpc({ grpc }, path, errors) {
    const port = grpc?.port ?? 0;
    addInvalid(errors, path.child('port'), port, portNumberProblems(port));
  },
  sleep({ sleep }, path, errors, gracePeriod) {
    const seconds = sleep?.seconds ?? 0;
    if (gracePeriod === undefined || (seconds >= 0 && seconds <= gracePeriod)) return;
    const detail = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`;
    errors.push(invalid(path, seconds, detail));
  },
};
const handlerNames = Object.keys(handlers) as (keyof Handler)[];

function checkHandler(handler: Handler, gracePeriod: number | undefined, path: FieldPath, errors: Errors): void {
  let found = false;
  for (const name of handlerNames) {
    if (handler[name] === undefined) continue;
    const at = path.child(name);
    if (found) errors.push(forbidden(at, 'may not specify more than 1 handler type'));
    else handlers[name](handler, at, errors, gracePeriod);
    found = true;
  }
  if (!found) errors.push(required(path, 'must specify a handler type'));
}

const counts = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

function checkProbe(probe: Probe, gracePeriod: number | undefined, path: FieldPath, errors: Errors): void {
  checkHandler(probe, gracePeriod, path, errors);
  for (const name of counts) if ((probe[name] ?? 0) < 0) checkNonNegative(probe[name], path.child(name), errors);
  const { terminationGracePeriodSeconds: seconds } = probe;
  if (seconds !== undefined && seconds <= 0) {
    errors.push(invalid(path.child('terminationGracePeriodSeconds'), seconds, 'must be greater than 0'));
  }
}

interface Probed {
  readonly lifecycle?: Lifecycle;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

/** One success is enough to be alive or started. */
function checkOneSuccess({ successThreshold }: Probe, path: FieldPath, errors: Errors): void {
  if (successThreshold !== 1) errors.push(invalid(path.child('successThreshold'), successThreshold ?? 0, 'must be 1'));
}

/** Hooks and probes of a container that runs as long as its Pod. */
export function checkHooksAndProbes(
  container: Probed,
  gracePeriod: number | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  if (lifecycle) {
    for (const name of ['postStart', 'preStop'] as const) {
      const handler = lifecycle[name];
      if (handler) checkHandler(handler, gracePeriod, path.child('lifecycle', name), errors);
    }
  }
  if (livenessProbe) {
    const at = path.child('livenessProbe');
    checkProbe(livenessProbe, gracePeriod, at, errors);
    checkOneSuccess(livenessProbe, at, errors);
  }
  if (readinessProbe) {
    const at = path.child('readinessProbe');
    checkProbe(readinessProbe, gracePeriod, at, errors);
    const { terminationGracePeriodSeconds: seconds } = readinessProbe;
    if (seconds !== undefined) {
      errors.push(invalid(at.child('terminationGracePeriodSeconds'), seconds, 'must not be set for readinessProbes'));
    }
  }
  if (startupProbe) {
    const at = path.child('startupProbe');
    checkProbe(startupProbe, gracePeriod, at, errors);
    checkOneSuccess(startupProbe, at, errors);
  }
}
