// What we tell a user: one thing that will go wrong, where it is decided, and the steps of the run that show it.
import type { KubeObject, Node, ObjectRef } from '../api/object.ts';
import type { RunEnd, Trace } from '../simulator/index.ts';
import type { PodTemplates } from './pod-templates.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Parts of a cluster that may be known or assumed. */
export type Dependency = 'nodes' | 'objects';

/** A field as the server names it. */
export interface FieldLocation {
  /** `spec.containers[0].imagee`; empty for the whole object. */
  readonly path: string;
  /** The field's name is wrong, not its value. */
  readonly key?: boolean;
}

/** Another object that has a part in it: the node with the taint, the missing ConfigMap. */
export interface RelatedPlace {
  readonly object: ObjectRef;
  readonly path: string;
  readonly note: string;
}

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** The applied object whose field decides it. */
  readonly subject: ObjectRef;
  /** The file that it is about, where no object of it could be made out. */
  readonly source?: string;
  readonly field: FieldLocation;
  /** The component's own sentence, verbatim. */
  readonly message: string;
  /** One plain sentence: who is the culprit, and what to do. */
  readonly explanation: string;
  readonly related: readonly RelatedPlace[];
  /** `seq` of the trace entries it stands on. */
  readonly steps: readonly number[];
  /** What of the cluster it depends on: another one might say otherwise. */
  readonly dependsOn?: Dependency;
}

/** A Warning Event, in the component's own words. */
export interface Warning {
  readonly reason: string;
  readonly message: string;
  /** Which part of the object: `spec.containers{app}`. */
  readonly fieldPath: string;
  readonly seq: number;
}

/** By the object they are about, as `kind namespace/name`, in the order in which they first came. */
export type Warnings = ReadonlyMap<string, readonly Warning[]>;

/** What the rules look at: a run, read only. */
export interface Evidence {
  readonly trace: Trace;
  readonly end: RunEnd;
  /** The objects the user applied, as sent. */
  readonly applied: readonly KubeObject[];
  /** The objects as they are at the end, by `kind namespace/name`. */
  readonly final: ReadonlyMap<string, KubeObject>;
  readonly nodes: readonly Node[];
  /** The warnings of components, by the object they are about. */
  readonly warnings: Warnings;
  /** The Pods that the applied objects, and those of other files, describe: they may come, even if this run does not bring them. */
  readonly templates: PodTemplates;
  /** Kinds that CustomResourceDefinitions describe, as `group kind`: of the applied objects, and of other files. */
  readonly customKinds: ReadonlySet<string>;
  /** The names of Services that other files declare. */
  readonly services: ReadonlySet<string>;
  readonly cluster: {
    /** All objects of a resource (`services`) at the end, whether the run touched them or not. */
    readonly objects: <T extends KubeObject>(resource: string) => readonly T[];
    /** Whether objects of the resource may be there that nobody knows here. */
    readonly mayOmit: (resource: string) => boolean;
  };
}

/** Looks for one kind of trouble. */
export interface Rule {
  /** The findings it can make. */
  readonly ids: readonly string[];
  find(evidence: Evidence): readonly Finding[];
}
