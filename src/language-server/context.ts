// What the answers to a client's questions are made from.
import type { FieldDocs } from '../features/editor.ts';
import type { ClientOptions, Settings } from '../protocol/settings.ts';
import { canonical } from './uri.ts';
import type { Teller } from './teller.ts';
import type { Judgement, Workspace } from './workspace.ts';

export interface Context {
  readonly workspace: Workspace;
  readonly teller: Teller;
  readonly settingsFor: (uri: string) => Promise<Settings>;
  /** What the client has said of itself. */
  readonly client: () => ClientOptions;
  /** Whether it knows the stops of snippets. */
  readonly takesSnippets: () => boolean;
  /** Where findings are explained, with `{id}` in it. */
  readonly explanations: () => string | undefined;
  /** What the schema says of fields; read when it is first asked for. */
  readonly fieldDocs: () => Promise<FieldDocs | undefined>;
}

/** What is known of a document that a question is about. */
export async function judgementOf(
  { teller }: Context,
  { textDocument }: { readonly textDocument: { readonly uri: string } },
  options?: { readonly whole?: boolean },
): Promise<Judgement | undefined> {
  return teller.judgement(canonical(textDocument.uri), options);
}
