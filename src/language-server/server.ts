// The language server: takes in what the client says, and answers out of the workspace. Knows neither Node nor a browser.
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type Connection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { isObject } from '../base/json.ts';
import type { FieldDocs } from '../features/editor.ts';
import type { ParsedFile } from '../features/index.ts';
import { runsChanged } from '../protocol/requests.ts';
import type { ClientOptions } from '../protocol/settings.ts';
import { clientFiles } from './client-files.ts';
import { codeActions, fixAllKind } from './code-actions.ts';
import { codeLenses } from './code-lens.ts';
import { complete, completionProvider, resolved } from './completion.ts';
import type { Context } from './context.ts';
import { clusterProblem, diagnosticOf, type Showing } from './diagnostics.ts';
import type { Host } from './host.ts';
import { hover } from './hover.ts';
import { PanelRequests } from './panel-requests.ts';
import { relatedIn } from './related.ts';
import { SettingsStore } from './settings.ts';
import { Teller } from './teller.ts';
import { canonical } from './uri.ts';
import { Workspace, type Judgement } from './workspace.ts';

declare const APPLYSCOPE_VERSION: string | undefined;

export class LanguageServer {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #workspace: Workspace;
  readonly #settings: SettingsStore;
  readonly #teller: Teller;
  readonly #context: Context;
  readonly #panel: PanelRequests;
  /** Versions that something has been told of. */
  readonly #judged = new WeakSet<ParsedFile>();
  #fieldDocs: Promise<FieldDocs | undefined> | undefined;
  #options: ClientOptions = {};
  #capabilities: InitializeParams['capabilities'] = {};

  constructor(connection: Connection, host: Host) {
    this.#connection = connection;
    this.#host = host;
    this.#workspace = new Workspace(host.presets);
    this.#settings = new SettingsStore(connection, this.#workspace.files);
    this.#teller = new Teller({
      workspace: this.#workspace,
      settingsFor: (uri) => this.#settings.for(uri),
      pause: host.pause,
      onJudged: (uri, judgement) => this.#publish(uri, judgement),
      onIdle: () => {
        if (this.#panel.isWatched) void connection.sendNotification(runsChanged);
      },
      onProblem: (error) =>
        this.#connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    });
    this.#context = {
      workspace: this.#workspace,
      teller: this.#teller,
      settingsFor: (uri) => this.#settings.for(uri),
      client: () => this.#options,
      takesSnippets: () => this.#capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
      explanations: () => this.#explanations(),
      fieldDocs: () => (this.#fieldDocs ??= this.#readFieldDocs()),
    };
    this.#panel = new PanelRequests(this.#workspace, (uri) => this.#settings.for(uri));
  }

  listen(): void {
    this.#panel.listen(this.#connection);
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => void this.#initialized());
    connection.onDidChangeConfiguration(({ settings }) => {
      this.#settings.changed(isObject(settings) ? settings.applyscope : undefined);
      this.#teller.touch();
    });
    this.#listenToDocuments();
    connection.languages.diagnostics.on(async ({ textDocument: { uri } }) => {
      const judgement = await this.#teller.judgement(canonical(uri), { whole: true });
      return { kind: 'full', items: await this.#diagnosticsOf(canonical(uri), judgement) };
    });
    connection.onHover((params) => hover(this.#context, params));
    connection.onCompletion((params) => complete(this.#context, params));
    connection.onCompletionResolve((item) => resolved(this.#context, item));
    connection.onCodeLens((params) => codeLenses(this.#context, params));
    connection.onCodeAction((params) => codeActions(this.#context, params));
    connection.listen();
  }

  #listenToDocuments(): void {
    const connection = this.#connection;
    const { files } = this.#workspace;
    connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      files.opened(uri, version, text);
      this.#teller.touch(canonical(uri));
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      files.edited(canonical(uri), version, contentChanges);
      this.#teller.touch(canonical(uri));
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      this.#workspace.closed(canonical(uri));
      this.#teller.closed(canonical(uri));
      if (!this.#options.pull) void connection.sendDiagnostics({ uri, diagnostics: [] });
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri } of changes) files.changedOutside(canonical(uri));
      this.#teller.touch();
    });
  }

  #initialize({ capabilities, initializationOptions, workspaceFolders, rootUri }: InitializeParams): InitializeResult {
    const options = (isObject(initializationOptions) ? initializationOptions : {}) as ClientOptions;
    const { files } = this.#workspace;
    this.#capabilities = capabilities;
    if (options.scripts !== undefined) this.#host.scriptsAt?.(options.scripts);
    files.folders = (workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : [])).map(({ uri }) => canonical(uri));
    files.reader = options.files ? clientFiles(this.#connection) : this.#host.local;
    const { general, textDocument, workspace } = capabilities;
    const offered = general?.positionEncodings ?? ['utf-16'];
    files.encoding = offered.includes('utf-16') || !offered.includes('utf-8') ? 'utf-16' : 'utf-8';
    const pull = options.pull ?? (!textDocument?.publishDiagnostics && !!textDocument?.diagnostic);
    this.#options = { ...options, pull };
    this.#settings.begin(options.settings, workspace?.configuration === true);
    return {
      serverInfo: { name: 'applyscope', ...(version && { version }) },
      capabilities: {
        positionEncoding: files.encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...(pull && { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }),
        hoverProvider: true,
        completionProvider,
        codeLensProvider: {},
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  async #initialized(): Promise<void> {
    const { workspace } = this.#capabilities;
    const connection = this.#connection;
    if (workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const { files } = this.#workspace;
        const gone = new Set(removed.map(({ uri }) => canonical(uri)));
        files.folders = [...files.folders.filter((one) => !gone.has(one)), ...added.map(({ uri }) => canonical(uri))];
        this.#settings.changed(undefined);
        this.#teller.touch();
      });
    }
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'applyscope' });
    }
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [{ globPattern: '**/{*.yaml,*.yml,*.json,Kustomization}' }];
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
  }

  get #media(): string | undefined {
    return this.#options.media ?? this.#host.media;
  }

  #explanations(): string | undefined {
    const media = this.#media;
    return this.#options.explanations ?? (media === undefined ? undefined : `${media}/findings/{id}.md`);
  }

  async #readFieldDocs(): Promise<FieldDocs | undefined> {
    const media = this.#media;
    const reader = this.#host.local ?? this.#workspace.files.reader;
    const file = media === undefined ? undefined : await reader?.read(`${media}/field-docs.json`);
    return file && (JSON.parse(file.text) as FieldDocs);
  }

  async #publish(uri: string, judgement: Judgement | undefined): Promise<void> {
    const open = this.#workspace.files.openFile(uri);
    if (judgement) this.#refresh(judgement);
    // what is old by now is not told
    if (!open || this.#options.pull || (judgement && open.file !== judgement.task.file)) return;
    const diagnostics = await this.#diagnosticsOf(uri, judgement);
    await this.#connection.sendDiagnostics({ uri: open.uri, version: open.version, diagnostics });
  }

  /** What the client has asked for of this version is different now, though nobody has edited it. */
  #refresh({ task: { file }, told }: Judgement): void {
    const isAgain = this.#judged.has(file);
    this.#judged.add(file);
    if (!isAgain || !told?.isWhole) return;
    const { workspace } = this.#capabilities;
    if (workspace?.codeLens?.refreshSupport) void this.#connection.sendRequest(CodeLensRefreshRequest.type);
    if (this.#options.pull && workspace?.diagnostics?.refreshSupport)
      void this.#connection.languages.diagnostics.refresh();
  }

  async #diagnosticsOf(uri: string, judgement: Judgement | undefined): Promise<Diagnostic[]> {
    if (!judgement) return [];
    const { task, told } = judgement;
    const settings = await this.#settings.for(uri);
    const places = this.#workspace.files.placesIn(task.file);
    const showing: Showing = {
      places,
      settings,
      explanations: this.#context.explanations(),
      related: relatedIn(this.#workspace.files, task),
    };
    return [...clusterProblem(task), ...(told?.findings ?? [])]
      .filter(({ file }) => file === task.file.name)
      .flatMap((finding) => diagnosticOf(finding, showing) ?? []);
  }
}

const version = typeof APPLYSCOPE_VERSION === 'string' ? APPLYSCOPE_VERSION : undefined;
