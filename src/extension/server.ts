// The language server as the extension sees it: started once, in the background, when first needed.
import {
  EventEmitter,
  extensions,
  Uri,
  workspace,
  type CancellationToken,
  type Disposable,
  type Event,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import type { BaseLanguageClient, ConfigurationMiddleware, LanguageClientOptions } from 'vscode-languageclient';
import { simulateCommand } from '../protocol/commands.ts';
import { runsChanged, type Method, type Requests } from '../protocol/requests.ts';
import type { ClientOptions } from '../protocol/settings.ts';
import { explanationLinks } from './explanations.ts';
import { lendFiles } from './files.ts';
import type { Host } from './host.ts';

export class Server implements Disposable {
  readonly #options: LanguageClientOptions;
  readonly #host: Host;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<void>();
  readonly #simulated = new EventEmitter<void>();
  #client: Promise<BaseLanguageClient> | undefined;

  constructor(host: Host, context: ExtensionContext, log: LogOutputChannel) {
    this.#host = host;
    this.#log = log;
    this.#options = clientOptions(context, log);
  }

  /** What runs were made from has changed: a manifest, the cluster, the settings. */
  get onDidChangeRuns(): Event<void> {
    return this.#changed.event;
  }

  /** A panel has been given another run. */
  get onDidSimulate(): Event<void> {
    return this.#simulated.event;
  }

  async request<M extends Method>(
    method: M,
    params: Requests[M]['params'],
    token?: CancellationToken,
  ): Promise<Requests[M]['result']> {
    const client = await this.start();
    const result = await client.sendRequest<Requests[M]['result']>(method, params, token);
    if (method === 'applyscope/simulate') this.#simulated.fire();
    return result;
  }

  start(): Promise<BaseLanguageClient> {
    return (this.#client ??= this.#start());
  }

  async #start(): Promise<BaseLanguageClient> {
    // whoever waits for the extension to be active does not wait for its server
    await new Promise((resolve) => setTimeout(resolve, 0));
    const begin = performance.now();
    const client = await this.#host.createClient(this.#options);
    lendFiles(client);
    client.onNotification(runsChanged, () => this.#changed.fire());
    await client.start();
    this.#log.info(`The language server is ready after ${(performance.now() - begin).toFixed(0)} ms.`);
    return client;
  }

  async restart(): Promise<void> {
    const client = await this.start();
    await client.stop();
    await client.start();
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
    this.#simulated.dispose();
    void this.#client?.then((client) => client.dispose());
  }
}

function clientOptions(context: ExtensionContext, outputChannel: LogOutputChannel): LanguageClientOptions {
  const initializationOptions: ClientOptions = {
    commands: true,
    files: true,
    media: Uri.joinPath(context.extensionUri, 'media').toString(),
    explanations: explanationLinks,
  };
  return {
    documentSelector: schemes(context).map((scheme) => ({ scheme, language: 'yaml' })),
    diagnosticCollectionName: 'applyscope',
    outputChannel,
    initializationOptions,
    markdown: { isTrusted: { enabledCommands: [simulateCommand] }, supportThemeIcons: true },
    connectionOptions: { maxRestartCount: 3 },
    middleware: { workspace: { configuration: withoutAuto } },
  };
}

/** Settings as the server gets them: `auto` is decided here, where it can be seen who else is there. */
const withoutAuto: ConfigurationMiddleware['configuration'] = async (params, token, next) => {
  const given: unknown = await next(params, token);
  return Array.isArray(given) && othersComplete() ? given.map(onlyReferences) : (given as unknown[]);
};

const onlyReferences = (settings: { readonly completion?: string } | null) =>
  settings?.completion === 'auto' ? { ...settings, completion: 'references' } : settings;

/** Whether another extension knows the fields of Kubernetes: the one for Kubernetes, or the one for YAML that was given the schema. */
function othersComplete(): boolean {
  if (!extensions.getExtension('redhat.vscode-yaml')) return false;
  if (extensions.getExtension('ms-kubernetes-tools.vscode-kubernetes-tools')) return true;
  const schemas = Object.keys(workspace.getConfiguration('yaml').get<object>('schemas') ?? {});
  return schemas.some((schema) => /kubernetes/i.test(schema));
}

/** Where manifests are edited. The sides of a diff and other views of old text are left alone. */
function schemes({ globalStorageUri }: ExtensionContext): string[] {
  const folders = workspace.workspaceFolders ?? [];
  return [...new Set(['file', 'untitled', globalStorageUri.scheme, ...folders.map(({ uri }) => uri.scheme)])];
}
