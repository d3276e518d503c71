// The manifest that is worked on: the last active editor with one. Menus, the status item and the tree of the cluster follow it.
import {
  commands,
  EventEmitter,
  Range,
  window,
  workspace,
  type Disposable,
  type Event,
  type TextDocument,
  type TextEditor,
  type Uri,
} from 'vscode';
import { isClusterFile } from '../protocol/cluster-files.ts';

/** Lines that are looked at: what a manifest is stands at its beginning. */
const looked = 200;
const manifestKeys = /^(apiVersion|kind)\s*:|"(apiVersion|kind)"\s*:/m;

/** Whether a document is probably one for Kubernetes; the server knows for certain. */
function looksLikeManifest(document: TextDocument): boolean {
  if (document.languageId !== 'yaml' && document.languageId !== 'json') return false;
  const beginning = new Range(0, 0, looked, 0);
  return manifestKeys.test(document.getText(beginning));
}

export class ActiveManifest implements Disposable {
  readonly #subscriptions: Disposable[];
  readonly #changed = new EventEmitter<Uri | undefined>();
  #uri: Uri | undefined;
  #context: { active?: boolean; any?: boolean } = {};

  constructor() {
    this.#subscriptions = [
      this.#changed,
      window.onDidChangeActiveTextEditor((editor) => this.#look(editor)),
      workspace.onDidChangeTextDocument(({ document }) => {
        const editor = window.activeTextEditor;
        if (document === editor?.document) this.#look(editor);
      }),
    ];
    this.#look(window.activeTextEditor);
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  get uri(): Uri | undefined {
    return this.#uri;
  }

  get onDidChange(): Event<Uri | undefined> {
    return this.#changed.event;
  }

  #look(editor: TextEditor | undefined): void {
    const isManifest = editor !== undefined && looksLikeManifest(editor.document);
    const isApplied = isManifest && !isClusterFile(editor.document.uri.path);
    this.#say('active', isApplied);
    if (isManifest) this.#say('any', true);
    if (!isApplied) return;
    const { uri } = editor.document;
    if (uri.toString() === this.#uri?.toString()) return;
    this.#uri = uri;
    this.#changed.fire(uri);
  }

  /** Tells the `when` clauses of menus and views. */
  #say(key: 'active' | 'any', value: boolean): void {
    if (this.#context[key] === value) return;
    this.#context[key] = value;
    const name = key === 'active' ? 'applyscope.manifestIsActive' : 'applyscope.hasManifests';
    void commands.executeCommand('setContext', name, value);
  }
}
