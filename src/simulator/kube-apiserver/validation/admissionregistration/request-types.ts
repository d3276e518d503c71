// The variables that expressions about a request have (apiserver/pkg/admission/plugin/cel, Kubernetes 1.36).
import { anything, bool, int, listOf, mapOf, objectOf, scalar, text, type CelType } from '../expressions/types.ts';

export type Variables = Readonly<Record<string, CelType>>;

const kind = objectOf({ group: text, version: text, kind: text });
const resource = objectOf({ group: text, version: text, resource: text });

const request = objectOf({
  kind,
  resource,
  subResource: text,
  requestKind: kind,
  requestResource: resource,
  requestSubResource: text,
  name: text,
  namespace: text,
  operation: text,
  userInfo: objectOf({ username: text, uid: text, groups: listOf(text), extra: mapOf(listOf(text)) }),
  dryRun: bool,
  options: anything,
});

const time = scalar('timestamp');

const namespaceObject = objectOf({
  metadata: objectOf({
    name: text,
    generateName: text,
    namespace: text,
    labels: mapOf(text),
    annotations: mapOf(text),
    UID: text,
    creationTimestamp: time,
    deletionGracePeriodSeconds: int,
    deletionTimestamp: time,
    generation: int,
    resourceVersion: text,
    finalizers: listOf(text),
  }),
  spec: objectOf({ finalizers: listOf(text) }),
  status: objectOf({
    conditions: listOf(objectOf({ status: text, type: text, lastTransitionTime: time, message: text, reason: text })),
    phase: text,
  }),
});

/** What every expression has. */
export const requestVariables: Variables = { object: anything, oldObject: anything, request, namespaceObject };

export const authorizer: Variables = {
  authorizer: scalar('authorizer'),
  'authorizer.requestResource': scalar('resourceCheck'),
};
