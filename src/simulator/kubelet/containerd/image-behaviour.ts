// What images do is an option of a run: how long a pull takes, how a container ends, what its ports and commands answer.
// Everything left out has a default, so that an image nobody describes is pulled and runs for ever.
import { parseDuration } from '../../../base/duration.ts';

/** A duration as Go writes it: `4s`, `800ms`, `1m30s`. */
type DurationText = string;

interface PullBehaviour {
  /** 300 ms unless told. */
  readonly delay?: DurationText;
  /** Bytes; 50000000 unless told. */
  readonly size?: number;
  /** The runtime's sentence; the pull fails. */
  readonly error?: string;
  /** The gRPC code of the failure, `Unknown` unless told. */
  readonly code?: string;
  /** How many pulls fail; all of them unless told. */
  readonly failTimes?: number;
}

/** One start of a container. */
export interface RunBehaviour {
  readonly exit?: number;
  /** When it ends; at once unless told, `never`: it runs on. */
  readonly after?: DurationText;
  readonly oom?: boolean;
  /** What it leaves in its termination message file. */
  readonly message?: string;
  /** What it prints; kept for whoever shows logs. */
  readonly log?: string;
}

interface StopBehaviour {
  readonly exit?: number;
  /** From SIGTERM to the end; 50 ms unless told. */
  readonly delay?: DurationText;
  readonly ignoreTerm?: boolean;
}

/** An answer that holds until so long after the container's start; the first one that holds is given. */
interface TimedAnswer {
  readonly until?: DurationText;
  readonly sleep?: DurationText;
}

interface HttpAnswer extends TimedAnswer {
  readonly status: number;
  readonly body?: string;
}

interface ExecAnswer extends TimedAnswer {
  readonly exit?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** The runtime itself fails. */
  readonly error?: string;
}

interface ListenBehaviour {
  readonly port: number;
  /** Opens so long after the container's start. */
  readonly after?: DurationText;
  /** Answers by path; every other path answers 200. */
  readonly paths?: Readonly<Record<string, readonly HttpAnswer[]>>;
}

export interface ContainerBehaviour {
  readonly createError?: string;
  readonly startError?: string;
  /** One for each start, the last one repeats; without any the container runs for ever. */
  readonly runs?: readonly RunBehaviour[];
  readonly stop?: StopBehaviour;
  readonly listen?: readonly ListenBehaviour[];
  /** Answers by command line, joined with spaces; every other command succeeds. */
  readonly exec?: Readonly<Record<string, readonly ExecAnswer[]>>;
}

export interface ImageBehaviour extends ContainerBehaviour {
  readonly pull?: PullBehaviour;
  /** The user of the image's configuration: empty or absent for root, a number, or a name. */
  readonly user?: string;
}

interface SandboxBehaviour {
  /** The runtime's sentence; `{id}` stands for the sandbox's id. */
  readonly error?: string;
  /** How many sandboxes of a node fail; all of them unless told. */
  readonly failTimes?: number;
}

export interface ImageBehaviours {
  /** By image reference, however it is written. */
  readonly images?: Readonly<Record<string, ImageBehaviour>>;
  /** By container name, over what the image does. */
  readonly containers?: Readonly<Record<string, ContainerBehaviour>>;
  readonly sandbox?: SandboxBehaviour;
}

/** The milliseconds of a duration that may be left out or unreadable. */
export function durationOr(text: DurationText | undefined, otherwise: number): number {
  return (text === undefined ? undefined : parseDuration(text)) ?? otherwise;
}
