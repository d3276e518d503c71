// `kubectl explain`: a kind or one of its fields, by what the server's OpenAPI documents say (k8s.io/kubectl/pkg/cmd/explain, pkg/explain).
import { quote } from '../../../api/go-text.ts';
import { builtinResources } from '../../../api/resources.generated.ts';
import { apiVersionOf, parseGroupVersion, qualifiedName, type ApiResource } from '../../../api/resources.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import type { Command, Outcome } from '../command.ts';
import { describeType } from '../explain/describe-type.ts';
import { textFailure, unknownFailure, type Failure } from '../failure.ts';
import { isFailure } from '../named-objects.ts';
import { customByAnyName, resourceByAnyName } from '../resource-names.ts';
import type { Session } from '../session.ts';

const missing =
  'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n';

export const explain: Command = {
  flags: {
    ...commonFlags,
    recursive: { short: 'R', kind: 'switch' },
    'api-version': { kind: 'text' },
    output: { short: 'o', kind: 'text' },
  },
  *run(session, positional, flags) {
    const [asked, ...more] = positional;
    if (asked === undefined) return textFailure(missing);
    if (more.length > 0) return textFailure('We accept only this format: explain RESOURCE\n');
    const parts = partsOf(asked);
    if (isFailure(parts)) return parts;
    yield* session.discover();
    const [first = ''] = parts;
    const resource = resourceNamed(first);
    if (!resource) {
      if (customByAnyName(first, session.cache.customResources))
        return unknownFailure('kubectl explain of custom resources');
      session.print('stderr', `the server doesn't have a resource type ${quote(first)}\n`);
      return { type: 'exit', code: 1 };
    }
    const versioned = versionOf(resource, flags.text('api-version') ?? '');
    if (isFailure(versioned)) return versioned;
    yield* session.fetchOpenApi(versioned);
    return print(session, versioned, fieldsAfter(asked, parts, resource, flags), flags);
  },
};

/** The parts of `pod.spec.containers`, a path of field names (k8s.io/client-go/util/jsonpath). */
function partsOf(asked: string): readonly string[] | Failure {
  if (/[^\w.$\-[\]*/ ]/.test(asked) || asked.startsWith('$')) return unknownFailure(`kubectl explain ${quote(asked)}`);
  if (asked === '') return textFailure('a resource must be present, got: /, Resource=');
  const parts = asked.replace(/\.$/, '').split('.');
  const isPath = parts.every((part) => part !== '' && !/[[\]* ]/.test(part));
  return isPath ? parts : textFailure('invalid jsonpath syntax, first node must be field node');
}

/** Resources that one can only create are explained, too. */
function resourceNamed(name: string): ApiResource | undefined {
  const lower = name.toLowerCase();
  return (
    resourceByAnyName(name) ?? builtinResources.find(({ plural, singular }) => plural === lower || singular === lower)
  );
}

/** The resource in the version that `--api-version` asks for; what is not there is refused. */
function versionOf(resource: ApiResource, asked: string): ApiResource | Failure {
  if (asked === '') return resource;
  const parsed = parseGroupVersion(asked);
  if (!parsed) return textFailure(`unexpected GroupVersion string: ${asked}`);
  const { group, version } = parsed;
  const meant = `${group}/${version}, Resource=${resource.plural}`;
  const served = builtinResources.filter((one) => one.group === group && one.version === version);
  if (served.length === 0) return textFailure(`couldn't find resource for "${meant}"`);
  return (
    served.find(({ plural }) => plural === resource.plural) ?? textFailure(`GVR (${meant}) not found in OpenAPI schema`)
  );
}

/** The fields that are asked for: the resource may be written with its group, unless a version is asked for. */
function fieldsAfter(asked: string, parts: readonly string[], resource: ApiResource, flags: Flags): readonly string[] {
  const full = qualifiedName(resource);
  const isFull = !flags.text('api-version') && resource.group !== '' && `${asked}.`.startsWith(`${full}.`);
  return parts.slice(isFull ? full.split('.').length : 1);
}

function print(session: Session, resource: ApiResource, fields: readonly string[], flags: Flags): Outcome {
  const format = flags.text('output') ?? 'plaintext';
  if (format === 'plaintext-openapiv2') return unknownFailure('kubectl explain -o plaintext-openapiv2');
  if (format !== 'plaintext') return textFailure(`unrecognized format: ${format}`);
  const docs = session.fieldDocs();
  const type = docs?.kinds[`${apiVersionOf(resource)} ${resource.kind}`];
  if (!docs || type === undefined) return unknownFailure(`the documentation of ${resource.plural}`);
  const group = resource.group && `GROUP:      ${resource.group}\n`;
  session.print('stdout', `${group}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`);
  const text = describeType(docs, type, fields, flags.switched('recursive'));
  if (text === undefined) return textFailure(`field ${quote(fields.at(-1) ?? '')} does not exist`);
  session.out(text);
  return undefined;
}
