// Where the kinds that make Pods keep the template of them.

/** Where a Pod's fields stand in the object that has its template. */
const templatePaths: Readonly<Record<string, string>> = {
  Deployment: 'spec.template',
  ReplicaSet: 'spec.template',
  ReplicationController: 'spec.template',
  StatefulSet: 'spec.template',
  DaemonSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
};

/** The path of the Pod template in objects of a kind; undefined for kinds without. */
export function templatePathOf(kind: string): string | undefined {
  return Object.hasOwn(templatePaths, kind) ? templatePaths[kind] : undefined;
}
