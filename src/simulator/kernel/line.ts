// Lines of the trace. A run writes thousands, nearly all of them of four types: those are made in one piece, with a place for every
// field. What `Object.assign` adds to an object lies in a list beside it, which is made anew as it grows.
import type { Participant, TraceDetails, TraceEntry } from '../trace.ts';

/** A line of the trace. What there is nothing to say of may be there as undefined. */
export function lineOf(
  seq: number,
  time: number,
  from: Participant,
  to: Participant,
  cause: number | undefined,
  details: TraceDetails,
): TraceEntry {
  const { type } = details;
  switch (type) {
    case 'request': {
      const { verb, target, body, query, event } = details;
      return { seq, time, from, to, cause, type, verb, target, body, query, event };
    }
    case 'response': {
      const { request, code, body, warnings } = details;
      return { seq, time, from, to, cause, type, request, code, body, warnings };
    }
    case 'watch': {
      const { change, resource, object } = details;
      return { seq, time, from, to, cause, type, change, resource, object };
    }
    case 'store': {
      const { change, key, revision, resource, actor, object, previous } = details;
      return { seq, time, from, to, cause, type, change, key, revision, resource, actor, object, previous };
    }
    default:
      return Object.assign({ seq, time, from, to, cause }, details);
  }
}
