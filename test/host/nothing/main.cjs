// An extension that does nothing, and a panel that shows nothing: what VS Code itself takes for both. And a way to the clock of the extension
// host, in which all extensions run.
/* global performance, MonacoPerformanceMarks, TextEncoder */
const { commands, Uri, ViewColumn, window, workspace } = require('vscode');

const page = `<!DOCTYPE html><title>Nothing</title><p class="nothing"></p>
<script>acquireVsCodeApi().postMessage('shown')</script>`;

exports.activate = ({ subscriptions }) => {
  const open = () => {
    performance.mark('nothing/willShow');
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel('nothing', 'Nothing', place, { enableScripts: true });
    panel.webview.onDidReceiveMessage(() => performance.mark('nothing/didShow'));
    panel.webview.html = page;
  };
  const writeMarks = () => {
    const file = Uri.joinPath(workspace.workspaceFolders[0].uri, 'marks.json');
    // VS Code's own, and those of extensions
    const marks = [...MonacoPerformanceMarks.getMarks(), ...performance.getEntriesByType('mark')];
    const text = JSON.stringify(marks.map(({ name, startTime }) => ({ name, startTime })));
    return workspace.fs.writeFile(file, new TextEncoder().encode(text));
  };
  subscriptions.push(
    commands.registerCommand('nothing.open', open),
    commands.registerCommand('nothing.writeMarks', writeMarks),
  );
};
