// Events are served as core/v1 and as events.k8s.io/v1 out of one storage; they are stored as core/v1
// (pkg/apis/core/v1/conversion.go and pkg/apis/events/v1/conversion.go, Kubernetes 1.36).
import { copyWith } from '../../../../base/copy.ts';
import type { Event, EventsEvent, KubeObject } from '../../../../api/object.ts';

function toStored(object: KubeObject): Event {
  const {
    regarding = {},
    note,
    deprecatedSource = {},
    deprecatedFirstTimestamp = null,
    deprecatedLastTimestamp = null,
    deprecatedCount,
    reportingController = '',
    reportingInstance = '',
    ...same
  } = object as EventsEvent;
  return copyWith(same, {
    apiVersion: 'v1',
    kind: 'Event',
    involvedObject: regarding,
    ...(note && { message: note }),
    source: deprecatedSource,
    firstTimestamp: deprecatedFirstTimestamp,
    lastTimestamp: deprecatedLastTimestamp,
    ...(deprecatedCount && { count: deprecatedCount }),
    reportingComponent: reportingController,
    reportingInstance,
  });
}

function fromStored(object: KubeObject): EventsEvent {
  const {
    involvedObject,
    message,
    source = {},
    firstTimestamp = null,
    lastTimestamp = null,
    count,
    reportingComponent,
    reportingInstance,
    eventTime = null,
    series,
    ...same
  } = object as Event;
  return copyWith(same, {
    ...(series && { series: { count: series.count ?? 0, lastObservedTime: series.lastObservedTime ?? null } }),
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    eventTime,
    regarding: involvedObject,
    ...(message && { note: message }),
    deprecatedSource: source,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
    ...(count && { deprecatedCount: count }),
    ...(reportingComponent && { reportingController: reportingComponent }),
    ...(reportingInstance && { reportingInstance }),
  });
}

export const eventConversion = { fromStored, toStored };
