// One probe of one container and what comes of it (pkg/kubelet/prober/prober.go and pkg/probe).
import type { Container, Pod, Probe } from '../../api/object.ts';
import { failureText, type Call, type ContainerRuntime, type HttpResult } from './containerd/cri.ts';
import { formatGoDuration } from './go-duration.ts';
import { uidOf } from './pod-names.ts';
import { portNumber } from './ports.ts';

interface ProbeSubject {
  readonly pod: Pod;
  readonly container: Container;
  readonly containerId: string;
  /** The address the kubelet dials. */
  readonly podIp: string;
}

interface ProbeResult {
  readonly success: boolean;
  /** What a failed probe saw. */
  readonly output: string;
}

/** The probe could not be made at all: it says nothing of the container. */
interface ProbeError {
  readonly error: string;
}

const success: ProbeResult = { success: true, output: '' };
const failure = (output: string): ProbeResult => ({ success: false, output });

export function* runProbe(
  runtime: ContainerRuntime,
  subject: ProbeSubject,
  probe: Probe,
): Call<ProbeResult | ProbeError> {
  const timeout = (probe.timeoutSeconds ?? 1) * 1000;
  const { port: named } = probe.httpGet ?? probe.tcpSocket ?? {};
  // ResolveContainerPort: what is no port's name is read as a number
  if (named !== undefined && portNumber(subject.container, named) === 0) {
    return { error: `strconv.Atoi: parsing ${JSON.stringify(named)}: invalid syntax` };
  }
  if (probe.exec) return yield* runExec(runtime, subject, probe.exec.command ?? [], timeout);
  if (probe.httpGet) return yield* runHttpGet(runtime, subject, probe.httpGet, timeout);
  if (!probe.tcpSocket) return success;
  const port = portNumber(subject.container, probe.tcpSocket.port);
  const answer = yield* runtime.connect(uidOf(subject.pod), port, undefined, timeout);
  if (typeof answer === 'object') return success;
  const address = `${probe.tcpSocket.host || subject.podIp}:${port}`;
  return failure(`dial tcp ${address}: ${answer === 'refused' ? 'connect: connection refused' : 'i/o timeout'}`);
}

function* runExec(
  runtime: ContainerRuntime,
  { containerId }: ProbeSubject,
  command: readonly string[],
  timeout: number,
): Call<ProbeResult> {
  const result = yield* runtime.exec(containerId, command, timeout);
  if (result.ok) return result.value.exitCode === 0 ? success : failure(result.value.stdout + result.value.stderr);
  if (result.code !== 'DeadlineExceeded') return failure(failureText(result));
  return failure(`command timed out: "${command.join(' ')}" timed out after ${formatGoDuration(timeout)}`);
}

function* runHttpGet(
  runtime: ContainerRuntime,
  { pod, container, podIp }: ProbeSubject,
  { port, host, path = '/', scheme = 'HTTP' }: NonNullable<Probe['httpGet']>,
  timeout: number,
): Call<ProbeResult> {
  const number = portNumber(container, port);
  const answer: HttpResult = yield* runtime.connect(uidOf(pod), number, path, timeout);
  if (typeof answer === 'object') {
    const { status } = answer;
    return status >= 200 && status < 400 ? success : failure(`HTTP probe failed with statuscode: ${status}`);
  }
  const address = `${host || podIp}:${number}`;
  const why =
    answer === 'refused'
      ? `dial tcp ${address}: connect: connection refused`
      : 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  return failure(`Get "${scheme.toLowerCase()}://${address}${path.startsWith('/') ? '' : '/'}${path}": ${why}`);
}
