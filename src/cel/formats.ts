// Kubernetes' CEL functions about the forms of names and other texts (k8s.io/apiserver/pkg/cel/library/format.go).
import { Optional, type Environment } from '@marcbachmann/cel-js';
import { requestUriProblem } from '../api/go-url.ts';
import {
  dns1035LabelProblems,
  dns1123LabelProblems,
  dns1123SubdomainProblems,
  labelValueProblems,
  qualifiedNameProblems,
  withoutTrailingDash,
} from '../api/names.ts';
import { isBase64, isDate, isDateTime, isUuid } from '../api/text-formats.ts';

type Problems = (text: string) => readonly string[];

/** kubernetes.NamedFormat. */
class CelFormat {
  readonly name: string;
  readonly problems: Problems;

  constructor(name: string, problems: Problems) {
    this.name = name;
    this.problems = problems;
  }
}

const prefix =
  (problems: Problems): Problems =>
  (text) =>
    problems(withoutTrailingDash(text));

const unless =
  (fits: (text: string) => boolean, problem: string): Problems =>
  (text) =>
    fits(text) ? [] : [problem];

const formats: ReadonlyMap<string, CelFormat> = new Map(
  Object.entries({
    dns1123Label: dns1123LabelProblems,
    dns1123Subdomain: dns1123SubdomainProblems,
    dns1035Label: dns1035LabelProblems,
    qualifiedName: qualifiedNameProblems,
    dns1123LabelPrefix: prefix(dns1123LabelProblems),
    dns1123SubdomainPrefix: prefix(dns1123SubdomainProblems),
    dns1035LabelPrefix: prefix(dns1035LabelProblems),
    labelValue: labelValueProblems,
    uri: (text: string) => [requestUriProblem(text)].filter((problem) => problem !== undefined),
    uuid: unless(isUuid(), 'does not match the UUID format'),
    byte: unless(isBase64, 'invalid base64'),
    date: unless(isDate, 'invalid date'),
    datetime: unless(isDateTime, 'invalid datetime'),
  }).map(([name, problems]) => [name, new CelFormat(name, problems)]),
);

/** What `format` is in `format.uri()`. */
class FormatNamespace {}

/** Adds the type and its functions. */
export function addFormatLibrary(environment: Environment): void {
  const [type, namespace] = ['kubernetes.NamedFormat', 'kubernetes.FormatNamespace'];
  environment
    .registerType(type, { ctor: CelFormat, fields: {} })
    .registerType(namespace, { ctor: FormatNamespace, fields: {} })
    .registerConstant('format', namespace, new FormatNamespace())
    .registerFunction(`${namespace}.named(string): optional<${type}>`, (_: unknown, name: string) => {
      const format = formats.get(name);
      return format ? Optional.of(format) : Optional.none();
    })
    .registerFunction(`${type}.validate(string): optional<list<string>>`, ({ problems }: CelFormat, text: string) => {
      const found = problems(text);
      return found.length ? Optional.of(found) : Optional.none();
    })
    .registerOperator(`${type} == ${type}`, (a: CelFormat, b: CelFormat) => a.name === b.name);
  for (const [name, format] of formats) environment.registerFunction(`${namespace}.${name}(): ${type}`, () => format);
}
