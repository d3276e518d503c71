// The rules for names, label keys and values, ports and the like, with their error texts
// (k8s.io/apimachinery/pkg/util/validation and pkg/api/validate/content). A rule gives the texts of what is wrong, in Go's order.
import { remembering } from '../base/remembering.ts';
import { byteLength } from './go-text.ts';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const labelWithUnderscore = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const subdomainWithUnderscore = `${labelWithUnderscore}(\\.${labelWithUnderscore})*`;
const label1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const labelKey = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${labelKey})?`;

/** A rule about the spelling: the expression, what to say, and examples. */
interface Spelling {
  readonly text: string;
  readonly expression: RegExp;
  readonly problem: string;
}

/** The problem's text is validation.RegexError's. */
function spelling(text: string, explanation: string, ...examples: string[]): Spelling {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  const problem = `${explanation} (${shown && `e.g. ${shown}`}regex used for validation is '${text}')`;
  return { text, expression: new RegExp(`^(?:${text})$`), problem };
}

const dns1123Label = spelling(
  label,
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  'my-name',
  '123-abc',
);
const dns1123Subdomain = spelling(
  subdomain,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  'example.com',
);
const dns1123SubdomainWithUnderscore = spelling(
  subdomainWithUnderscore,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
  'example.com',
);
const dns1035Label = spelling(
  label1035,
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  'my-name',
  'abc-123',
);
const wildcardSubdomain = spelling(
  `\\*\\.${subdomain}`,
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  '*.example.com',
);
const qualifiedName = spelling(
  labelKey,
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  'MyName',
  'my.name',
  '123-abc',
);
const validLabelValue = spelling(
  labelValue,
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  'MyValue',
  'my_value',
  '12345',
);
const environmentName = spelling(
  '[-._a-zA-Z][-._a-zA-Z0-9]*',
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
  'my.env-name',
  'MY_ENV.NAME',
  'MyEnvName1',
);
const configMapKey = spelling(
  '[-._a-zA-Z0-9]+',
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  'key.name',
  'KEY_NAME',
  'key-name',
);
const httpHeaderName = spelling(
  '[-A-Za-z0-9]+',
  "a valid HTTP header must consist of alphanumeric characters or '-'",
  'X-Header-Name',
);
const cIdentifier = spelling(
  '[A-Za-z_][A-Za-z0-9_]*',
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
  'my_name',
  'MY_NAME',
  'MyName',
);
const percent = spelling(
  '[0-9]+%',
  "a valid percent string must be a numeric string followed by an ending '%'",
  '1%',
  '93%',
);

const httpPath = spelling("[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+", 'Invalid path');

/** Go counts bytes in both; two packages name them differently. */
type LengthUnit = 'characters' | 'bytes';

function problems(value: string, maximum: number, rule: Spelling, unit: LengthUnit = 'characters'): string[] {
  const found: string[] = [];
  if (byteLength(value) > maximum) found.push(maximumLength(maximum, unit));
  if (!rule.expression.test(value)) found.push(rule.problem);
  return found;
}

/** What comes after the dash of a generated name is not known yet: rules look at the name with a letter there (maskTrailingDash). */
export const withoutTrailingDash = (prefix: string): string =>
  prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;

const maximumLength = (maximum: number, unit: LengthUnit) => `must be no more than ${maximum} ${unit}`;
const spelled = (value: string, rule: Spelling) => (rule.expression.test(value) ? [] : [rule.problem]);

/** validation.IsDNS1123Label: a container's or namespace's name. */
export function dns1123LabelProblems(value: string): string[] {
  const found = problems(value, 63, dns1123Label);
  const onlyDots = found.includes(dns1123Label.problem) && dns1123Subdomain.expression.test(value);
  return onlyDots ? found.map((text) => (text === dns1123Label.problem ? 'must not contain dots' : text)) : found;
}

/** validation.IsDNS1123Subdomain: the name of most objects. */
export function dns1123SubdomainProblems(value: string): string[] {
  return problems(value, 253, dns1123Subdomain);
}

/** validation.IsDNS1123SubdomainWithUnderscore: a DNS search path. */
export function dns1123SubdomainWithUnderscoreProblems(value: string): string[] {
  return problems(value, 253, dns1123SubdomainWithUnderscore);
}

/** validation.IsDNS1035Label: a Service's name in older servers, a CRD's version. */
export function dns1035LabelProblems(value: string): string[] {
  return problems(value, 63, dns1035Label);
}

/** validation.IsWildcardDNS1123Subdomain: an Ingress host. */
export function wildcardSubdomainProblems(value: string): string[] {
  return problems(value, 253, wildcardSubdomain);
}

/** validation.IsQualifiedName: a label key, a resource's name, a condition type: `name` or `prefix/name`. */
export const qualifiedNameProblems: (value: string) => readonly string[] = remembering(2000, problemsOfQualifiedName);

function problemsOfQualifiedName(value: string): readonly string[] {
  const parts = value.split('/');
  if (parts.length > 2) {
    const text = `a valid label key ${qualifiedName.problem} with an optional DNS subdomain prefix and '/'`;
    return [`${text} (e.g. 'example.com/MyName')`];
  }
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  const nameProblems =
    name === '' ? ['must be non-empty', qualifiedName.problem] : problems(name, 63, qualifiedName, 'bytes');
  return [
    ...prefixProblems(prefix).map((text) => `prefix part ${text}`),
    ...nameProblems.map((text) => `name part ${text}`),
  ];
}

function prefixProblems(prefix: string | undefined): string[] {
  if (prefix === undefined) return [];
  return prefix === '' ? ['must be non-empty'] : problems(prefix, 253, dns1123Subdomain, 'bytes');
}

/** validation.IsValidLabelValue. */
export function labelValueProblems(value: string): string[] {
  return problems(value, 63, validLabelValue, 'bytes');
}

/** validation.IsEnvVarName: the strict rule. */
export function environmentNameProblems(value: string): string[] {
  return [...spelled(value, environmentName), ...parentFolderProblems(value)];
}

/** validation.IsRelaxedEnvVarName: the rule for env of containers since 1.34. */
export function relaxedEnvironmentNameProblems(value: string): string[] {
  if (value === '') return ['environment variable name must be non-empty'];
  if (/^[ -<>-~]*$/.test(value)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** validation.IsConfigMapKey: a key of ConfigMap or Secret. */
export function configMapKeyProblems(value: string): string[] {
  return [...problems(value, 253, configMapKey), ...parentFolderProblems(value)];
}

/** Names that would climb out of a folder when they become files. */
function parentFolderProblems(value: string): string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** validation.IsHTTPHeaderName. */
export function httpHeaderNameProblems(value: string): string[] {
  return spelled(value, httpHeaderName);
}

/** What may stand in the path of a URL (RFC 3986). */
export function httpPathProblems(value: string): string[] {
  return spelled(value, httpPath);
}

/** validation.IsCIdentifier. */
export function cIdentifierProblems(value: string): string[] {
  return spelled(value, cIdentifier);
}

/** validation.IsValidPercent: `25%`. */
export function percentProblems(value: string): string[] {
  return spelled(value, percent);
}

/** validation.IsInRange, both ends included. */
export function rangeProblems(value: number, minimum: number, maximum: number): string[] {
  return value >= minimum && value <= maximum ? [] : [`must be between ${minimum} and ${maximum}, inclusive`];
}

/** validation.IsValidPortNum. */
export function portNumberProblems(port: number): string[] {
  return rangeProblems(port, 1, 65_535);
}

/** validation.IsValidPortName: the name of an IANA service. */
export function portNameProblems(name: string): string[] {
  const found: string[] = [];
  if (byteLength(name) > 15) found.push(maximumLength(15, 'characters'));
  if (!/^[-a-z0-9]+$/.test(name)) {
    found.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(name)) found.push('must contain at least one letter (a-z)');
  if (name.includes('--')) found.push('must not contain consecutive hyphens');
  if (/^-|-$/.test(name)) found.push('must not begin or end with a hyphen');
  return found;
}
