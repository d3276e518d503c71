// An extension that does nothing, and a panel that shows nothing: what VS Code itself takes for both.
const { commands, ViewColumn, window } = require('vscode');

exports.activate = ({ subscriptions }) => {
  const open = () => {
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel('nothing', 'Nothing', place, { enableScripts: true });
    panel.webview.html = '<!DOCTYPE html><title>Nothing</title><p class="nothing"></p>';
  };
  subscriptions.push(commands.registerCommand('nothing.open', open));
};
