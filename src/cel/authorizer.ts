// Kubernetes' CEL functions that ask what a user may do (k8s.io/apiserver/pkg/cel/library/authz.go).
import type { Environment } from '@marcbachmann/cel-js';
import { CelError } from './error.ts';

export interface CelUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What is asked for: a resource, or a path that is none. */
export interface CelAccess {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly path?: string;
}

export type CelAuthorize = (user: CelUser, access: CelAccess) => { readonly allowed: boolean; readonly reason: string };

class Decision {
  readonly isAllowed: boolean;
  readonly why: string;

  constructor({ allowed, reason }: ReturnType<CelAuthorize>) {
    this.isAllowed = allowed;
    this.why = reason;
  }
}

class PathCheck {
  readonly check: (verb: string) => Decision;

  constructor(check: (verb: string) => Decision) {
    this.check = check;
  }
}

class GroupCheck {
  readonly authorizer: CelAuthorizer;
  readonly group: string;

  constructor(authorizer: CelAuthorizer, group: string) {
    this.authorizer = authorizer;
    this.group = group;
  }
}

type Checked = Omit<CelAccess, 'verb' | 'path'>;

class ResourceCheck {
  readonly authorizer: CelAuthorizer;
  readonly access: Checked;

  constructor(authorizer: CelAuthorizer, access: Checked) {
    this.authorizer = authorizer;
    this.access = access;
  }

  with(more: Partial<Checked>): ResourceCheck {
    return new ResourceCheck(this.authorizer, { ...this.access, ...more });
  }
}

/** The variable `authorizer`, with `authorizer.requestResource`: what the request itself is about. */
export class CelAuthorizer {
  readonly requestResource: ResourceCheck;
  readonly user: CelUser;
  readonly authorize: CelAuthorize;

  constructor(user: CelUser, request: Checked, authorize: CelAuthorize) {
    this.user = user;
    this.authorize = authorize;
    this.requestResource = new ResourceCheck(this, request);
  }

  check(access: CelAccess): Decision {
    return new Decision(this.authorize(this.user, access));
  }
}

const everything: Checked = { group: '', resource: '', subresource: '', namespace: '', name: '' };

function serviceAccount({ requestResource, authorize }: CelAuthorizer, namespace: string, name: string): CelAuthorizer {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  const user = { name: `system:serviceaccount:${namespace}:${name}`, groups };
  return new CelAuthorizer(user, requestResource.access, authorize);
}

function required(text: string, what: string): string {
  if (text.trim() === '') throw new CelError(`${what} must not be empty`);
  return text;
}

/** Adds the types, their functions and the variable. Checks with selectors are not followed. */
export function addAuthorizer(environment: Environment): void {
  const of = (name: string) => `kubernetes.authorization.${name}`;
  const [authorizer, path, group, resource, decision] = [
    'Authorizer',
    'PathCheck',
    'GroupCheck',
    'ResourceCheck',
    'Decision',
  ].map(of);
  environment
    .registerType(of('Decision'), { ctor: Decision, fields: {} })
    .registerType(of('PathCheck'), { ctor: PathCheck, fields: {} })
    .registerType(of('GroupCheck'), { ctor: GroupCheck, fields: {} })
    .registerType(of('ResourceCheck'), { ctor: ResourceCheck, fields: {} })
    .registerType(of('Authorizer'), { ctor: CelAuthorizer, fields: { requestResource: of('ResourceCheck') } })
    .registerVariable('authorizer', of('Authorizer'))
    .registerFunction(`${authorizer}.path(string): ${path}`, (asked: CelAuthorizer, text: string) => {
      const access = { ...everything, path: required(text, 'path') };
      return new PathCheck((verb) => asked.check({ ...access, verb }));
    })
    .registerFunction(
      `${authorizer}.group(string): ${group}`,
      (asked: CelAuthorizer, name: string) => new GroupCheck(asked, name),
    )
    .registerFunction(`${authorizer}.serviceAccount(string, string): ${authorizer}`, serviceAccount)
    .registerFunction(
      `${group}.resource(string): ${resource}`,
      ({ authorizer: asked, group: name }: GroupCheck, text: string) =>
        new ResourceCheck(asked, { ...everything, group: name, resource: required(text, 'resource') }),
    )
    .registerFunction(`${resource}.subresource(string): ${resource}`, (check: ResourceCheck, subresource: string) =>
      check.with({ subresource }),
    )
    .registerFunction(`${resource}.namespace(string): ${resource}`, (check: ResourceCheck, namespace: string) =>
      check.with({ namespace }),
    )
    .registerFunction(`${resource}.name(string): ${resource}`, (check: ResourceCheck, name: string) =>
      check.with({ name }),
    )
    .registerFunction(`${path}.check(string): ${decision}`, ({ check }: PathCheck, verb: string) => check(verb))
    .registerFunction(
      `${resource}.check(string): ${decision}`,
      ({ authorizer: asked, access }: ResourceCheck, verb: string) => asked.check({ ...access, verb }),
    )
    .registerFunction(`${decision}.allowed(): bool`, ({ isAllowed }: Decision) => isAllowed)
    .registerFunction(`${decision}.reason(): string`, ({ why }: Decision) => why)
    .registerFunction(`${decision}.errored(): bool`, () => false)
    .registerFunction(`${decision}.error(): string`, () => '');
}
