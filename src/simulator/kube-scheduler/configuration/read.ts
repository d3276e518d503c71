// Reads a KubeSchedulerConfiguration document, checks it and fills in the defaults, as kube-scheduler does with the file of --config
// (k8s.io/kubernetes/cmd/kube-scheduler/app/options, pkg/scheduler/apis/config/v1).
import { Decoder } from '../../../api/decoding/decoder.ts';
import { errorText, kindOf } from '../../../api/decoding/mismatch.ts';
import { quote } from '../../../api/go-text.ts';
import { typeOfKind, type SchemaType } from '../../../api/schema.ts';
import { schedulerConfigurationGroup } from '../../../api/scheduler-schema.ts';
import { isObject } from '../../../base/json.ts';
import { argumentsOf, takesArguments } from '../framework/plugin-args.ts';
import type { PluginConfig, SchedulerConfiguration } from './configuration.ts';
import type { Plugins } from './plugin-sets.ts';
import { configurationErrors } from './validation.ts';

type Read<T> = { readonly value: T } | { readonly problem: string };

/** The configuration of a document (which may carry the empty metadata that every object here has), or why kube-scheduler would not start with it, in its own words. */
export function readConfiguration(document: unknown): Read<SchedulerConfiguration> {
  const decoded = decodeConfiguration(isObject(document) ? withoutEmptyMetadata(document) : document);
  if ('problem' in decoded) return decoded;
  const errors = [...new Set(configurationErrors(decoded.value))];
  return errors.length === 0 ? decoded : { problem: aggregateText(errors) };
}

function withoutEmptyMetadata({ metadata, ...rest }: Readonly<Record<string, unknown>>): object {
  const isEmpty = metadata === undefined || (isObject(metadata) && Object.keys(metadata).length === 0);
  return isEmpty ? rest : { metadata, ...rest };
}

/** utilerrors.Aggregate: in brackets if there are several. */
const aggregateText = (texts: readonly string[]) => (texts.length === 1 ? texts.join() : `[${texts.join(', ')}]`);

const scheme = 'in scheme "pkg/runtime/scheme.go:111"';

/** What the file says, before defaults. */
interface GivenProfile {
  readonly schedulerName?: string;
  readonly percentageOfNodesToScore?: number;
  readonly plugins?: Plugins;
  readonly pluginConfig?: readonly { readonly name: string; readonly args?: unknown }[];
}

interface Given extends Partial<Omit<SchedulerConfiguration, 'profiles'>> {
  readonly profiles?: readonly GivenProfile[];
}

function decodeConfiguration(document: unknown): Read<SchedulerConfiguration> {
  const { apiVersion = '', kind = '' } = (isObject(document) ? document : {}) as { apiVersion?: string; kind?: string };
  const type = typeOfKind(apiVersion, kind);
  if (!type) {
    return { problem: `no kind ${quote(kind)} is registered for version ${quote(apiVersion)} ${scheme}` };
  }
  if (kind !== 'KubeSchedulerConfiguration') {
    return { problem: `couldn't decode as KubeSchedulerConfiguration, got ${apiVersion}, Kind=${kind}: ` };
  }
  const { value, error, unknownFields } = decodeAs(type, document);
  if (error !== undefined) return { problem: error };
  const given = value as Given;
  const nested = decodeArguments(given.profiles ?? []);
  if ('problem' in nested) return nested;
  const strict = [...unknownFields.map((field) => `unknown field ${quote(field)}`), ...nested.strict];
  if (strict.length > 0) return { problem: `strict decoding error: ${strict.join(', ')}` };
  return { value: withDefaults(given, nested.profiles) };
}

function decodeAs(type: SchemaType, document: unknown) {
  const decoder = new Decoder('decoded');
  const value = decoder.decode(type, document);
  const { error, unknownFields } = decoder;
  return { value, error: error === undefined ? undefined : errorText(error), unknownFields };
}

type Nested =
  | { readonly problem: string }
  | { readonly profiles: readonly (readonly PluginConfig[])[]; readonly strict: readonly string[] };

/** DecodeNestedObjects: the arguments of plugins, each by the type that is named after the plugin. */
function decodeArguments(profiles: readonly GivenProfile[]): Nested {
  const strict: string[] = [];
  const decoded: PluginConfig[][] = [];
  for (const [i, { pluginConfig = [] }] of profiles.entries()) {
    const all: PluginConfig[] = [];
    for (const [j, { name, args }] of pluginConfig.entries()) {
      const read = takesArguments(name) ? readArguments(name, args) : { value: {}, strict: [] };
      const place = `decoding .profiles[${i}].pluginConfig[${j}]`;
      if ('problem' in read) return { problem: `${place}: ${read.problem}` };
      if (read.strict.length > 0) {
        const fields = `strict decoding error: ${read.strict.join(', ')}`;
        strict.push(`${place}: strict decoding error: decoding args for plugin ${name}: ${fields}`);
      }
      all.push({ name, args: takesArguments(name) ? argumentsOf(name, read.value) : read.value });
    }
    decoded.push(all);
  }
  return { profiles: decoded, strict };
}

/** What the codec looks at first, as Go prints the type. */
const kindHolder =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

const noKind = (given: string) =>
  `couldn't get version/kind; json parse error: json: cannot unmarshal ${given} into Go value of type ${kindHolder}`;

function readArguments(
  plugin: string,
  args: unknown,
): { readonly problem: string } | { readonly value: object; readonly strict: readonly string[] } {
  const failed = (error: string) => ({ problem: `decoding args for plugin ${plugin}: ${error}` });
  if (args !== undefined && args !== null && !isObject(args)) {
    return failed(noKind(kindOf(args)));
  }
  const wanted = `${plugin}Args`;
  const { kind = wanted, apiVersion = `${schedulerConfigurationGroup}/v1` } = (args ?? {}) as Record<string, string>;
  const type = typeOfKind(apiVersion, kind);
  if (!type) return failed(`no kind ${quote(kind)} is registered for version ${quote(apiVersion)} ${scheme}`);
  if (kind !== wanted) {
    const [expected, got] = [wanted, kind].map((name) => `${name}.${schedulerConfigurationGroup}`);
    return { problem: `args for plugin ${plugin} were not of type ${expected}, got ${got}` };
  }
  const { value, error, unknownFields } = decodeAs(type, args ?? {});
  if (error !== undefined) return failed(error);
  return { value: value as object, strict: unknownFields.map((field) => `unknown field ${quote(field)}`) };
}

const defaultSchedulerName = 'default-scheduler';

/** SetDefaults_KubeSchedulerConfiguration. Only a single profile is called as the default scheduler is. */
function withDefaults(given: Given, args: readonly (readonly PluginConfig[])[]): SchedulerConfiguration {
  const profiles = given.profiles?.length ? given.profiles : [{}];
  const otherName = profiles.length === 1 ? defaultSchedulerName : '';
  return {
    apiVersion: given.apiVersion ?? '',
    parallelism: given.parallelism ?? 16,
    percentageOfNodesToScore: given.percentageOfNodesToScore ?? 0,
    podInitialBackoffSeconds: given.podInitialBackoffSeconds ?? 1,
    podMaxBackoffSeconds: given.podMaxBackoffSeconds ?? 10,
    profiles: profiles.map(({ schedulerName = otherName, plugins = {}, percentageOfNodesToScore }, i) => ({
      schedulerName,
      plugins,
      pluginConfig: args[i] ?? [],
      ...(percentageOfNodesToScore !== undefined && { percentageOfNodesToScore }),
    })),
    extenders: given.extenders ?? [],
    leaderElection: given.leaderElection ?? {},
    clientConnection: given.clientConnection ?? {},
  };
}
