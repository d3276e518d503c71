// The flags of a command line, as kubectl reads them: anywhere among the arguments, `--name=value`, `--name value`, `-n value`, `-nvalue`.

/** `text`: takes a value; `list`: takes values, separated by commas or repeated; `switch`: true unless told otherwise. */
type FlagKind = 'text' | 'list' | 'switch';

export interface FlagSpec {
  readonly short?: string;
  readonly kind: FlagKind;
  /** The value of a flag given without one (`--dry-run`). */
  readonly bare?: string;
}

export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

/** Flags that every command takes. */
export const commonFlags = {
  namespace: { short: 'n', kind: 'text' },
  as: { kind: 'text' },
  'as-group': { kind: 'text' },
} as const satisfies FlagSpecs;

export class Flags {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  list(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  switched(name: string, otherwise = false): boolean {
    const value = this.text(name);
    return value === undefined ? otherwise : value !== 'false';
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }
}

export type ParsedArguments =
  { readonly flags: Flags; readonly positional: readonly string[] } | { readonly unknownFlag: string };

export function parseArguments(args: readonly string[], specs: FlagSpecs): ParsedArguments {
  const values = new Map<string, string[]>();
  const positional: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      positional.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      positional.push(arg);
      continue;
    }
    const { name, spec, given } = flagOf(arg, specs);
    if (!spec) return { unknownFlag: arg };
    const value = given ?? spec.bare ?? (spec.kind === 'switch' ? 'true' : args[++i]);
    if (value === undefined) return { unknownFlag: arg };
    const known = values.get(name) ?? [];
    values.set(name, [...known, ...(spec.kind === 'list' ? value.split(',') : [value])]);
  }
  return { flags: new Flags(values), positional };
}

/** The flag that an argument names, and the value written onto it. */
function flagOf(arg: string, specs: FlagSpecs): { name: string; spec?: FlagSpec; given?: string } {
  const equals = arg.indexOf('=');
  if (arg.startsWith('--')) {
    const name = arg.slice(2, equals < 0 ? undefined : equals);
    return withSpec(name, specs[name], equals < 0 ? undefined : arg.slice(equals + 1));
  }
  const [name = '', spec] = Object.entries(specs).find(([, { short }]) => short === arg.charAt(1)) ?? [];
  const attached = arg.slice(2);
  return withSpec(name, spec, attached === '' ? undefined : attached.replace(/^=/, ''));
}

function withSpec(name: string, spec: FlagSpec | undefined, given: string | undefined) {
  return { name, ...(spec && { spec }), ...(given !== undefined && { given }) };
}

// The flags of the commands modelled here and of all commands: others kubectl itself does not know.
const realFlags = new Set(
  `all all-namespaces allow-missing-template-keys api-version append-hash applyset as as-group as-uid as-user-extra cache-dir cascade certificate-authority
  chunk-size client-certificate client-key cluster containers context current-replicas delete-emptydir-data
  disable-compression disable-eviction dry-run edit field-manager field-selector filename force force-conflicts from-env-file from-file
  from-literal grace-period ignore-daemonsets ignore-not-found insecure-skip-tls-verify interactive kubeconfig kuberc kustomize
  label-columns list local log-flush-frequency match-server-version namespace no-headers now openapi-patch output output-watch-events overwrite
  password patch patch-file pod-selector profile profile-output prune prune-allowlist raw recursive replicas request-timeout
  resource-version revision save-config selector server server-print server-side show-events show-kind show-labels show-managed-fields
  skip-wait-for-delete-timeout sort-by subresource template timeout tls-server-name to-revision token type user username v validate
  vmodule wait warnings-as-errors watch watch-only windows-line-endings help`.split(/\s+/),
);

/** What kubectl says of a flag that it does not know; undefined if it does. */
export function unknownFlagText(command: string, arg: string): string | undefined {
  const name = /^--([^=]*)/.exec(arg)?.[1];
  if (name === undefined || realFlags.has(name)) return undefined;
  return `unknown flag: --${name}\nSee 'kubectl ${command} --help' for usage.`;
}
