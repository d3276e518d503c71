// The language server: takes in what the client says, and answers out of the workspace. Knows neither Node nor a browser.
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type Connection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { isObject } from '../base/json.ts';
import type { ClientOptions, Settings } from '../protocol/settings.ts';
import { clientFiles } from './client-files.ts';
import { clusterProblem, diagnosticOf } from './diagnostics.ts';
import type { Host } from './host.ts';
import { completeSettings } from './settings.ts';
import { canonical, isInside } from './uri.ts';
import { Workspace } from './workspace.ts';

declare const APPLYSCOPE_VERSION: string | undefined;

export class LanguageServer {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #workspace: Workspace;
  #options: ClientOptions = {};
  /** By the workspace folder, or '' for none. */
  readonly #settings = new Map<string, Promise<Settings>>();
  /** What was set without being asked for. */
  #given: unknown;
  #capabilities: InitializeParams['capabilities'] = {};
  /** Manifests whose findings may have changed, the one that was touched last behind the others. */
  readonly #dirty = new Set<string>();
  #working = false;
  #touches = 0;

  constructor(connection: Connection, host: Host) {
    this.#connection = connection;
    this.#host = host;
    this.#workspace = new Workspace(host.presets);
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => void this.#initialized());
    connection.onDidChangeConfiguration(({ settings }) => this.#configure(settings));
    connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      this.#workspace.files.opened(uri, version, text);
      this.#touchAll(canonical(uri));
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      this.#workspace.files.edited(canonical(uri), version, contentChanges);
      this.#touchAll(canonical(uri));
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      this.#workspace.files.closed(canonical(uri));
      this.#dirty.delete(canonical(uri));
      this.#touchAll();
      if (!this.#options.pull) void connection.sendDiagnostics({ uri, diagnostics: [] });
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri } of changes) this.#workspace.files.changedOutside(canonical(uri));
      this.#touchAll();
    });
    connection.languages.diagnostics.on(async ({ textDocument: { uri } }) => ({
      kind: 'full',
      items: [...(await this.#diagnose(canonical(uri)))],
    }));
    connection.listen();
  }

  #initialize({ capabilities, initializationOptions, workspaceFolders }: InitializeParams): InitializeResult {
    this.#options = (initializationOptions ?? {}) as ClientOptions;
    this.#capabilities = capabilities;
    this.#workspace.files.folders = (workspaceFolders ?? []).map(({ uri }) => canonical(uri));
    const { general, textDocument } = capabilities;
    const offered = general?.positionEncodings ?? ['utf-16'];
    this.#workspace.files.encoding = offered.includes('utf-16') || !offered.includes('utf-8') ? 'utf-16' : 'utf-8';
    const pull = this.#options.pull ?? (!textDocument?.publishDiagnostics && !!textDocument?.diagnostic);
    this.#options = { ...this.#options, pull };
    this.#given = this.#options.settings;
    this.#workspace.files.reader = this.#options.files ? clientFiles(this.#connection) : this.#host.local;
    return {
      serverInfo: { name: 'applyscope', ...(version && { version }) },
      capabilities: {
        positionEncoding: this.#workspace.files.encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...(pull && { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  async #initialized(): Promise<void> {
    const { workspace } = this.#capabilities;
    const connection = this.#connection;
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'applyscope' });
    }
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [{ globPattern: '**/*.{yaml,yml,json}' }];
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => canonical(uri)));
        const { files } = this.#workspace;
        files.folders = [...files.folders.filter((one) => !gone.has(one)), ...added.map(({ uri }) => canonical(uri))];
        this.#touchAll();
      });
    }
  }

  #configure(pushed: unknown): void {
    this.#given = (isObject(pushed) ? pushed.applyscope : undefined) ?? this.#given;
    this.#settings.clear();
    this.#touchAll();
  }

  /** The settings that hold for a file. */
  #settingsFor(uri: string): Promise<Settings> {
    const scopeUri = this.#workspace.files.folders.find((folder) => isInside(uri, folder)) ?? '';
    const known = this.#settings.get(scopeUri) ?? this.#askSettings(scopeUri);
    this.#settings.set(scopeUri, known);
    return known;
  }

  async #askSettings(scopeUri: string): Promise<Settings> {
    if (!this.#capabilities.workspace?.configuration) return completeSettings(this.#given);
    const item = { section: 'applyscope', ...(scopeUri && { scopeUri }) };
    const answer: unknown = await this.#connection.workspace.getConfiguration(item).catch(() => undefined);
    return completeSettings(isObject(answer) ? answer : this.#given);
  }

  /** Something has changed that every open manifest may hang on; one that was edited itself is served first. */
  #touchAll(edited?: string): void {
    for (const uri of this.#workspace.files.openUris) this.#dirty.add(uri);
    if (edited !== undefined) {
      this.#dirty.delete(edited);
      this.#dirty.add(edited);
    }
    this.#touches++;
    void this.#work();
  }

  /** Until the messages that have arrived are taken in: of several edits at once only the last is judged. */
  async #takeIn(): Promise<void> {
    for (let before = -1; before !== this.#touches;) {
      before = this.#touches;
      await this.#host.pause();
      await this.#host.pause();
    }
  }

  async #work(): Promise<void> {
    if (this.#working || this.#options.pull) return;
    this.#working = true;
    for (;;) {
      await this.#takeIn();
      const uri = [...this.#dirty].at(-1);
      if (uri === undefined) break;
      this.#dirty.delete(uri);
      const diagnostics = await this.#diagnose(uri);
      // a newer edit is about to be judged
      if (!this.#dirty.has(uri)) this.#publish(uri, diagnostics);
    }
    this.#working = false;
  }

  async #diagnose(uri: string): Promise<readonly Diagnostic[]> {
    const settings = await this.#settingsFor(uri);
    const judgement = await this.#attempt(() => this.#workspace.judge(uri, settings));
    if (!judgement) return [];
    const places = this.#workspace.files.placesIn(judgement.file);
    const explanations = this.#options.explanations ?? this.#host.explanations;
    return [...clusterProblem(judgement), ...(judgement.applied?.findings ?? [])]
      .filter(({ file }) => file === judgement.file.name)
      .flatMap((finding) => diagnosticOf(finding, places, settings, explanations) ?? []);
  }

  /** What goes wrong in one manifest must not end the server. */
  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return undefined;
    }
  }

  #publish(uri: string, diagnostics: readonly Diagnostic[]): void {
    const open = this.#workspace.files.openFile(uri);
    if (!open) return;
    void this.#connection.sendDiagnostics({ uri: open.uri, version: open.version, diagnostics: [...diagnostics] });
  }
}

const version = typeof APPLYSCOPE_VERSION === 'string' ? APPLYSCOPE_VERSION : undefined;
