// A run that a panel looks at: the apply as it was asked for, what came of it, and what the views share.
import { finalObjects } from '../../analyzer/analyze.ts';
import { attribute, finalKey, type Attribution } from '../../analyzer/subject.ts';
import type { KubeObject, ObjectRef, Pod } from '../../api/object.ts';
import { tellStory, type Line } from '../../diagram/index.ts';
import type { WhatIf } from '../../protocol/panel.ts';
import type { SchedulingDecision, TraceEntry } from '../../simulator/trace.ts';
import { applyFiles, type Applied, type ApplyRequest } from '../apply.ts';
import type { ParsedFile } from '../sources.ts';
import { Places } from './places.ts';
import { tried } from './what-if.ts';

export interface PanelRequest {
  /** `pod.yaml`, `app/`, `3 files`. */
  readonly title: string;
  /** The apply, as things stand in the files. */
  readonly apply: ApplyRequest;
  /** Changes that are tried without being written. */
  readonly whatIf?: WhatIf;
  /** The files that the cluster is written in; none for a preset. */
  readonly clusterFiles?: readonly ParsedFile[];
  /** The URI of a file by its name; undefined for what an editor cannot open. */
  readonly uriOf: (file: string) => string | undefined;
}

/** The last word of the scheduler on a Pod. */
export interface Scheduled {
  readonly pod: ObjectRef;
  readonly decision: SchedulingDecision;
  readonly seq: number;
  /** Virtual milliseconds. */
  readonly time: number;
}

export class PanelRun {
  /** Names the run in requests. */
  readonly id: number;
  readonly request: PanelRequest;
  readonly applied: Applied;
  readonly places: Places;
  readonly final: ReadonlyMap<string, KubeObject>;
  #lines: ReadonlyMap<number, Line> | undefined;

  /** Makes the run. What a user wrote never makes it throw. */
  constructor(request: PanelRequest, id: number) {
    const apply = tried(request.apply, request.whatIf, request.uriOf);
    this.id = id;
    this.request = request;
    this.applied = applyFiles({ ...apply, reach: true });
    // places are those of the files as they are, whatever is tried
    const { files, namespace } = request.apply;
    this.places = new Places([...files, ...(request.clusterFiles ?? [])], request.uriOf, namespace);
    this.final = finalObjects(this.applied.trace);
  }

  /** The lines of the trace that tell something, by `seq`. */
  get lines(): ReadonlyMap<number, Line> {
    return (this.#lines ??= new Map(
      tellStory(this.applied.trace, 'wire').chapters.flatMap(({ lines }) => lines.map((line) => [line.seq, line])),
    ));
  }

  entry(seq: number): TraceEntry | undefined {
    return this.applied.trace[seq];
  }

  /** Virtual milliseconds since the apply began. */
  since(time: number): number {
    return Math.max(0, time - this.applied.begin);
  }

  /** Virtual milliseconds from the apply to rest. */
  get duration(): number {
    return this.since(this.applied.trace.at(-1)?.time ?? this.applied.begin);
  }

  /** The object that was applied, for one that stems from it. */
  attribution(object: KubeObject): Attribution {
    return attribute(object, { applied: this.applied.sent, final: this.final });
  }

  /** As it is stored at the end, or was when it was last seen. */
  object(ref: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): KubeObject | undefined {
    return this.final.get(finalKey(ref));
  }

  /** Every Pod that the scheduler had to do with, in the order of its first decision. */
  scheduled(): readonly Scheduled[] {
    const decisions = new Map<string, Scheduled>();
    for (const entry of this.applied.trace) {
      if (entry.type !== 'decision' || entry.decision.type !== 'scheduling') continue;
      const { subject: pod, decision, seq, time } = entry;
      decisions.set(finalKey(pod), { pod, decision, seq, time });
    }
    return [...decisions.values()];
  }

  pod(ref: ObjectRef): Pod | undefined {
    return this.object(ref) as Pod | undefined;
  }
}
