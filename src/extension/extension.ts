// What is the same on the desktop and in the browser: everything is registered here, and the server started in the background.
import { commands, l10n, window, type ExtensionContext } from 'vscode';
import { ActiveManifest } from './active-manifest.ts';
import { registerClusterCommands } from './cluster/choose.ts';
import { ClusterViews } from './cluster/cluster-views.ts';
import { registerExplanations } from './explanations.ts';
import type { Host } from './host.ts';
import { pageBundles } from './panel/page.ts';
import { Panels } from './panel/panels.ts';
import { registerSamples } from './samples.ts';
import { Server } from './server.ts';
import type { Services } from './services.ts';
import { registerSimulate } from './simulate.ts';
import { registerSupport } from './support.ts';
import { registerTasks } from './tasks.ts';

export function start(context: ExtensionContext, host: Host): void {
  const begin = performance.now();
  const log = window.createOutputChannel('Applyscope', { log: true });
  const server = new Server(host, context, log);
  const active = new ActiveManifest();
  const services: Services = { context, log, server, active };
  const { importCluster } = host;
  const panels = new Panels(services);
  context.subscriptions.push(
    ...[log, server, active, panels],
    registerSimulate(panels, services),
    ...registerClusterCommands(services, importCluster !== undefined),
    ...registerSupport(services),
    registerExplanations(context),
    registerSamples(context),
    registerTasks(),
    new ClusterViews(services),
  );
  if (importCluster) {
    context.subscriptions.push(commands.registerCommand('applyscope.importCluster', () => importCluster(log)));
    // `isWeb` would not do: a browser's workbench may have an extension host that can start processes
    void commands.executeCommand('setContext', 'applyscope.canImport', true);
  }
  server.start().then(
    // a panel may be next; if they cannot be read, it says so
    () => pageBundles(context.extensionUri).catch(() => undefined),
    (error: unknown) => {
      log.error(`The language server did not start: ${String(error)}`);
      void window.showErrorMessage(l10n.t('Applyscope’s language server did not start: see the log.'));
    },
  );
  log.debug(`Registered in ${(performance.now() - begin).toFixed(1)} ms.`);
}
