// Events, of core/v1 and of events.k8s.io/v1. The newer API asks for more, and both name the fields as the server holds them
// (pkg/apis/core/validation/events.go, Kubernetes 1.36).
import { invalid, required, type FieldError } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type { Event, EventsEvent } from '../../../../api/object.ts';
import { eventConversion } from '../../registry/events/conversion.ts';
import type { Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkQualifiedName } from '../labels.ts';
import {
  checkGenericMetadata,
  checkMetadata,
  checkMetadataUpdate,
  pathSegmentName,
  subdomainName,
} from '../object-meta.ts';
import { semanticEqual } from '../semantic-equal.ts';
import type { KindRules } from '../validation.ts';

const textLimit = 128;
const noteLimit = 1024;
const field = (...names: [string, ...string[]]) => FieldPath.of(...names);
const unset = (path: string): FieldError => invalid(field(path), '', 'needs to be unset');

function checkText(name: string, text: string | undefined, limit: number, isRequired: boolean, errors: Errors): void {
  if (isRequired && !text) errors.push(required(field(name)));
  if (byteLength(text ?? '') > limit) errors.push(invalid(field(name), '', `can have at most ${limit} characters`));
}

/** What holds for every Event; one with a time belongs to the newer way to report. `controller` is the name of that field. */
function checkEvent(event: Event, controller: string, errors: Errors): void {
  const { namespace = '' } = event.metadata;
  const { namespace: involved = '' } = event.involvedObject;
  const isNew = Boolean(event.eventTime);
  const fits =
    !isNew && involved
      ? namespace === involved
      : involved || ['default', ...(isNew ? ['kube-system'] : [])].includes(namespace);
  if (!fits) errors.push(invalid(field('involvedObject', 'namespace'), involved, 'does not match event.namespace'));
  if (!isNew) return;
  const { reportingComponent = '' } = event as Partial<Event>;
  if (!reportingComponent) errors.push(required(field(controller)));
  checkQualifiedName(reportingComponent, field(controller), errors);
  checkText('reportingInstance', event.reportingInstance, textLimit, true, errors);
  checkText('action', event.action, textLimit, true, errors);
  checkText('reason', event.reason, textLimit, true, errors);
  checkText('message', event.message, noteLimit, false, errors);
}

function checkSeries({ series }: Event, errors: Errors): void {
  if (!series) return;
  if ((series.count ?? 0) < 2) errors.push(invalid(field('series.count'), '', 'should be at least 2'));
  if (!series.lastObservedTime) errors.push(required(field('series.lastObservedTime')));
}

export const coreEventRules: KindRules<Event> = {
  create(event, errors) {
    checkEvent(event, 'reportingComponent', errors);
    if (!errors.length) checkGenericMetadata(event.metadata, { namespaced: true, name: pathSegmentName }, errors);
  },
  update: (event, _old, errors) => checkEvent(event, 'reportingComponent', errors),
};

/** To the microsecond, as clients write it. */
const moment = (time: string | null | undefined) => time && time.replace(/(\.\d{6})\d+/, '$1').replace(/\.?0*Z$/, 'Z');

function checkFrozen(event: Event, old: Event, errors: Errors): void {
  const check = (name: string, now: unknown, before: unknown, shown: unknown = now) => {
    if (!semanticEqual(now, before)) errors.push(invalid(field(name), shown, 'field is immutable'));
  };
  const text = (name: 'reason' | 'message' | 'type' | 'action' | 'reportingInstance') =>
    check(name, event[name] ?? '', old[name] ?? '');
  const time = (name: 'firstTimestamp' | 'lastTimestamp') => check(name, event[name] ?? null, old[name] ?? null);
  const reference = (value: unknown) => (value ? goStruct('core/v1.ObjectReference', value) : null);
  check('involvedObject', event.involvedObject, old.involvedObject, reference(event.involvedObject));
  text('reason');
  text('message');
  check('source', event.source, old.source, goStruct('core/v1.EventSource', event.source));
  time('firstTimestamp');
  time('lastTimestamp');
  check('count', event.count ?? 0, old.count ?? 0);
  text('reason');
  text('type');
  if (moment(event.eventTime) !== moment(old.eventTime))
    check('eventTime', event.eventTime ?? null, old.eventTime ?? null);
  text('action');
  check('related', event.related, old.related, reference(event.related));
  check('reportingController', event.reportingComponent, old.reportingComponent);
  text('reportingInstance');
}

export const eventRules: KindRules<EventsEvent> = {
  create(given, errors) {
    const event = eventConversion.toStored(given);
    checkEvent(event, 'reportingController', errors);
    checkMetadata(event.metadata, { namespaced: true, name: subdomainName }, errors);
    checkSeries(event, errors);
    if (!event.eventTime) errors.push(required(field('eventTime')));
    const { type = '' } = event;
    if (type !== 'Normal' && type !== 'Warning') errors.push(invalid(field('type'), '', `has invalid value: ${type}`));
    if (event.firstTimestamp) errors.push(unset('firstTimestamp'));
    if (event.lastTimestamp) errors.push(unset('lastTimestamp'));
    if (event.count) errors.push(unset('count'));
    if (event.source?.component || event.source?.host) errors.push(unset('source'));
  },
  update(given, before, errors) {
    const [event, old] = [given, before].map(eventConversion.toStored) as [Event, Event];
    checkEvent(event, 'reportingController', errors);
    checkMetadataUpdate(event.metadata, old.metadata, errors);
    if (!semanticEqual(event.series, old.series)) checkSeries(event, errors);
    checkFrozen(event, old, errors);
  },
};
