// The process of a container as its image's behaviour describes it: when it ends, what its ports and commands answer.
import type { Call, ExecResult, HttpResult, RuntimeResult } from './cri.ts';
import { durationOr, type ContainerBehaviour, type RunBehaviour } from './image-behaviour.ts';
import { stopDuration } from './durations.ts';

/** The behaviour of one start, and the milliseconds after which the process ends; absent: it runs on. */
export function runOf({ runs = [] }: ContainerBehaviour, start: number): { run?: RunBehaviour; after?: number } {
  const run = runs[Math.min(start, runs.length - 1)];
  if (!run) return {};
  return run.after === 'never' ? { run } : { run, after: durationOr(run.after, 0) };
}

/** How long a process takes to end after SIGTERM, and with which code; SIGKILL comes after the grace period (ms). */
export function stopOf({ stop = {} }: ContainerBehaviour, gracePeriod: number): { wait: number; exitCode: number } {
  const wait = durationOr(stop.delay, stopDuration);
  if (stop.ignoreTerm || wait > gracePeriod) return { wait: gracePeriod, exitCode: 137 };
  return { wait, exitCode: stop.exit ?? 0 };
}

/** What the process answers on a port `age` milliseconds after its start; undefined: it does not listen there. */
export function* connectTo(
  { listen = [] }: ContainerBehaviour,
  { port, path, age, timeout }: { port: number; path: string | undefined; age: number; timeout: number },
): Call<HttpResult | undefined> {
  const open = listen.find((entry) => entry.port === port && age >= durationOr(entry.after, 0));
  if (!open) return undefined;
  const answers = (path !== undefined && open.paths?.[path]) || [];
  const answer = answers.find(({ until }) => until === undefined || age < durationOr(until, 0));
  const sleep = path === undefined ? 0 : durationOr(answer?.sleep, 0);
  yield Math.min(sleep, timeout);
  if (sleep > timeout) return 'timeout';
  return { status: answer?.status ?? 200, body: answer ? (answer.body ?? '') : 'ok' };
}

/** What a command answers that is run in the container `age` milliseconds after its start. */
export function* execIn(
  { exec = {} }: ContainerBehaviour,
  { command, age, timeout }: { command: readonly string[]; age: number; timeout: number },
): Call<RuntimeResult<ExecResult>> {
  const answers = exec[command.join(' ')] ?? [];
  const answer = answers.find(({ until }) => until === undefined || age < durationOr(until, 0));
  const sleep = durationOr(answer?.sleep, 0);
  if (timeout > 0 && sleep > timeout) {
    yield timeout;
    const message = `failed to exec in container: timeout ${timeout / 1000}s exceeded: context deadline exceeded`;
    return { ok: false, code: 'DeadlineExceeded', message };
  }
  yield sleep;
  if (answer?.error) return { ok: false, code: 'Unknown', message: answer.error };
  const { exit = 0, stdout = '', stderr = '' } = answer ?? {};
  return { ok: true, value: { exitCode: exit, stdout, stderr } };
}
