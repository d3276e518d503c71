// The bundles of the panel's page, for the build and for the tests that drive it. Mermaid is a bundle of its own, loaded with the first diagram.
import { build } from 'esbuild';
import { sequenceDiagramsOnly } from './sequence-diagrams-only.js';

/** Writes `webview.js`, `webview.css` and `webview-mermaid.js` into a folder. */
export async function buildPage(folder) {
  const common = {
    ...{ bundle: true, minify: true, legalComments: 'none', logLevel: 'error' },
    ...{ platform: 'browser', target: 'es2023', format: 'esm' },
  };
  const mermaid = 'webview/diagram/mermaid-bundle.ts';
  await Promise.all([
    build({ ...common, entryPoints: ['webview/main.ts'], outfile: `${folder}/webview.js` }),
    build({ ...common, entryPoints: ['webview/styles/main.css'], outfile: `${folder}/webview.css` }),
    build({
      ...common,
      entryPoints: [mermaid],
      outfile: `${folder}/webview-mermaid.js`,
      plugins: [sequenceDiagramsOnly],
    }),
  ]);
}
