// Asks the validation rules of the kind about the object as it would be stored.
import { refOf } from '../../../api/object.ts';
import { invalidStatus } from '../../../api/field-error.ts';
import { isComponent } from '../authentication.ts';
import { kindOfVersion } from '../custom-resources/custom-kind.ts';
import { validateCustom } from '../custom-resources/validate.ts';
import type { Stage, StageContext, WriteRequest } from '../request.ts';
import { serverName } from '../server-name.ts';
import { warningsOfCreate, warningsOfUpdate } from '../warnings/index.ts';
import { adminAccessErrors } from './admin-access.ts';
import { validateCreate, validateUpdate, type UnknownField, type Validation } from '../validation/index.ts';

/** 422 with every field error. What no rule looks at is unknown, and the request goes on; so it does with what is warned of. */
export const validate: Stage = (request, context) => {
  const { object, old, resource, actor } = request;
  const { errors: found, unknown } = rulesApplied(request);
  const refused = adminAccessErrors(request, context);
  const errors = refused.length ? [...refused, ...found] : found;
  // Events of either group are one kind inside the server.
  const { kind } = resource;
  const group = resource.group === 'events.k8s.io' ? '' : resource.group;
  const status = errors.length ? invalidStatus({ group, kind }, object.metadata.name ?? '', errors) : undefined;
  // What a component sends is the work of our own code; what there is to say of it was said of what a user sent.
  if (status || !isComponent(actor)) {
    context.kernel.record(serverName, serverName, {
      type: 'decision',
      subject: refOf(object),
      decision: { type: 'validation', allowed: !status, ...(status && { status }) },
    });
  }
  if (!status && !isComponent(actor)) {
    recordUnknown(request, context, unknown());
    request.warnings.push(...(old ? warningsOfUpdate(object, old) : warningsOfCreate(object)));
  }
  return status;
};

function rulesApplied({ object, old, custom }: WriteRequest): Validation {
  const kind = custom && kindOfVersion(custom, object.apiVersion);
  if (kind) return validateCustom(kind, object, old);
  return old ? validateUpdate(object, old) : validateCreate(object);
}

function recordUnknown({ object }: WriteRequest, { kernel }: StageContext, unknown: readonly UnknownField[]): void {
  const subject = refOf(object);
  for (const { path, reason } of unknown) {
    kernel.record(serverName, serverName, { type: 'unknown', subject, ...(path && { path }), reason });
  }
}
