// Which devices a class or a request selects: CEL expressions about the variable `device`
// (k8s.io/dynamic-resource-allocation/cel/compile.go).
import { remembering } from '../../../../base/remembering.ts';
import type { Device, DeviceAttribute } from '../../../../api/object.ts';
import { compile, kubernetesEnvironment, type CelEnvironment, type CelProgram } from '../../../../cel/program.ts';
import { CelQuantity } from '../../../../cel/quantity.ts';
import { CelSemver } from '../../../../cel/semver.ts';
import { CelError } from '../../../../cel/error.ts';

/** What the selector says of a device: yes, no, an error of the expression, or that it cannot be read here. */
export type Match = { readonly matches: boolean } | { readonly error: string } | { readonly unmodelled: string };

/** Attributes and capacities by domain. Any domain may be asked for: there is nothing in one that no device has a name of. */
class ByDomain extends Map<string, ReadonlyMap<string, unknown>> {
  override get(domain: string): ReadonlyMap<string, unknown> {
    return super.get(domain) ?? noEntries;
  }
}

const noEntries: ReadonlyMap<string, unknown> = new Map();

let environment: CelEnvironment | undefined;

function deviceEnvironment(): CelEnvironment {
  environment ??= kubernetesEnvironment()
    .registerType('kubernetes.DRADomains', ByDomain)
    .registerType('kubernetes.DRADevice', {
      fields: {
        driver: 'string',
        allowMultipleAllocations: 'bool',
        attributes: 'kubernetes.DRADomains',
        capacity: 'kubernetes.DRADomains',
      },
    })
    .registerOperator('string in kubernetes.DRADomains', (domain: string, all: ByDomain) => all.has(domain))
    .registerVariable('device', 'kubernetes.DRADevice');
  return environment;
}

/** The few expressions that a cluster uses, compiled. */
const programOf = remembering(100, (expression): CelProgram | { readonly unmodelled: string } => {
  const result = compile(deviceEnvironment(), expression);
  return 'summary' in result ? { unmodelled: `${result.summary} (${expression})` } : result;
});

/** Devices do not change, so neither does what an expression says of one. A device belongs to one driver. */
const outcomes = new WeakMap<Device, Map<string, Match>>();

/** Whether a device of the driver is what the expression selects. */
export function matchDevice(expression: string, driver: string, device: Device): Match {
  let known = outcomes.get(device);
  if (!known) outcomes.set(device, (known = new Map<string, Match>()));
  let outcome = known.get(expression);
  if (!outcome) known.set(expression, (outcome = evaluate(expression, driver, device)));
  return outcome;
}

function evaluate(expression: string, driver: string, device: Device): Match {
  const program = programOf(expression);
  if ('unmodelled' in program) return program;
  const variable = variableOf(driver, device);
  if (typeof variable === 'string') return { error: variable };
  const outcome = program.evaluate({ device: variable });
  if ('error' in outcome) return outcome;
  const { value } = outcome;
  if (typeof value === 'boolean') return { matches: value };
  // Where the type is known before, the server refuses the expression.
  const problem = program.type === 'dyn' ? conversionProblem(value) : undefined;
  return problem ? { error: problem } : { unmodelled: `an expression that is no bool (${expression})` };
}

/** What is wrong with an attribute that is taken for a condition: cel-go converts the result, and each type says so in its own way. */
function conversionProblem(value: unknown): string | undefined {
  const says = (type: string, why: string) => `CEL result of type ${type} could not be converted to bool: ${why}`;
  if (typeof value === 'string') return says('string', "unsupported native conversion from string to 'bool'");
  if (typeof value === 'bigint') return says('int', "unsupported type conversion from 'int' to bool");
  if (value instanceof CelSemver) return says('kubernetes.Semver', "type conversion error from 'Semver' to 'bool'");
  return undefined;
}

/** The variable `device`, or why there is none. */
function variableOf(driver: string, { attributes = {}, capacity = {}, allowMultipleAllocations }: Device) {
  const values: [string, unknown][] = [];
  for (const [name, attribute] of Object.entries(attributes)) {
    try {
      values.push([name, attributeValue(attribute)]);
    } catch (error) {
      if (error instanceof CelError) return `attribute ${name}: ${error.message}`;
      throw error;
    }
  }
  return {
    driver,
    allowMultipleAllocations: allowMultipleAllocations ?? false,
    attributes: byDomain(driver, values),
    capacity: byDomain(
      driver,
      Object.entries(capacity).map(([name, { value }]) => [name, CelQuantity.parse(value)]),
    ),
  };
}

/** getAttributeValue. Lists of values are for clusters with the feature DRAListTypeAttributes. */
function attributeValue({ int, bool, string, version }: DeviceAttribute): unknown {
  if (int !== undefined) return BigInt(int);
  if (bool !== undefined) return bool;
  if (string !== undefined) return string;
  if (version === undefined) throw new CelError('unsupported attribute value');
  try {
    return CelSemver.parse(version);
  } catch (error) {
    if (error instanceof CelError) throw new CelError(`parse semantic version: ${error.message}`);
    throw error;
  }
}

/** A name without a domain belongs to the driver. */
function byDomain(driver: string, entries: readonly (readonly [string, unknown])[]): ByDomain {
  const all = new ByDomain();
  const domains = new Map<string, Map<string, unknown>>();
  for (const [name, value] of entries) {
    const slash = name.indexOf('/');
    const domain = slash < 0 ? driver : name.slice(0, slash);
    const inDomain = domains.get(domain) ?? new Map<string, unknown>();
    inDomain.set(name.slice(slash + 1), value);
    domains.set(domain, inDomain);
    all.set(domain, inDomain);
  }
  return all;
}
