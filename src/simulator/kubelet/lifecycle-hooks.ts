// Hooks that run when a container starts or is about to be stopped (pkg/kubelet/lifecycle/handlers.go).
import type { Container, LifecycleHandler, Pod } from '../../api/object.ts';
import { quote } from '../../api/go-text.ts';
import { failureText, type Call, type ContainerRuntime } from './containerd/cri.ts';
import { formatPod, uidOf } from './pod-names.ts';
import { portNumber } from './ports.ts';

/** Runs a handler to its end; returns what the kubelet says of a failure. */
export function* runHook(
  runtime: ContainerRuntime,
  { pod, container, id }: { pod: Pod; container: Container; id: string },
  { exec, httpGet, sleep }: LifecycleHandler,
): Call<string | undefined> {
  const where = `for Container "${container.name}" in Pod "${formatPod(pod)}" failed`;
  if (sleep) {
    yield sleep.seconds * 1000;
    return undefined;
  }
  if (httpGet) {
    const { path = '/', scheme = 'HTTP' } = httpGet;
    const port = portNumber(container, httpGet.port);
    const answer = yield* runtime.connect(uidOf(pod), port, path, Infinity);
    if (answer !== 'refused') return undefined;
    const address = `${podAddress(runtime, pod)}:${port}`;
    const problem = `Get "${scheme.toLowerCase()}://${address}${path}": dial tcp ${address}: connect: connection refused`;
    return `HTTP lifecycle hook (${path}) ${where} - error: ${problem}`;
  }
  const command = exec?.command ?? [];
  const result = yield* runtime.exec(id, command, 0);
  if (result.ok && result.value.exitCode === 0) return undefined;
  const { exitCode, stdout, stderr } = result.ok ? result.value : { exitCode: 0, stdout: '', stderr: '' };
  const problem = result.ok ? commandProblem(command, exitCode, stderr) : failureText(result);
  const message = quote(stdout + stderr);
  return `Exec lifecycle hook ([${command.join(' ')}]) ${where} - error: ${problem}, message: ${message}`;
}

/** The remote runtime's words for a command that ends with another code than 0. */
const commandProblem = (command: readonly string[], exitCode: number, stderr: string) =>
  `command '${command.join(' ')}' exited with ${exitCode}: ${stderr}`;

/** The address of the Pod's newest sandbox. */
function podAddress(runtime: ContainerRuntime, pod: Pod): string {
  return runtime.podStatus(uidOf(pod)).sandboxes[0]?.ip || (pod.status?.hostIP ?? '');
}
