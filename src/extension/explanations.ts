// The pages that explain findings. The link of a finding opens an editor and can run no command, so the pages are documents of a scheme of
// their own, which is shown as Markdown is previewed (`workbench.editorAssociations` in package.json). In a browser the shipped files have
// addresses of the web, and would leave the editor.
import { Uri, workspace, type Disposable, type ExtensionContext } from 'vscode';

const scheme = 'applyscope';

/** `{id}` stands for the id of a finding. */
export const explanationLinks = `${scheme}:/{id}.applyscope.md`;

export function registerExplanations({ extensionUri }: ExtensionContext): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async ({ path }) => {
      const id = path.replace(/\.applyscope\.md$/, '').replace(/[^a-z-]/g, '');
      const page = Uri.joinPath(extensionUri, 'media', 'findings', `${id}.md`);
      return new TextDecoder().decode(await workspace.fs.readFile(page));
    },
  });
}
