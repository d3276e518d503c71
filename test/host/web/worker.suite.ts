// That this host is the one that is meant, a web worker, and that the extension's entry for browsers is whole there.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileOf, untilFindings } from '../inside/support.ts';

/** Something to find in two parts of the server's bundle: devices, and kinds that extend the API. */
const extending = `apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata:
  name: gpu
spec:
  devices:
    requests:
    - name: Not_a_label
      exactly:
        deviceClassName: gpu
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: wrong
spec:
  group: example.com
  scope: Cluster
  names:
    plural: things
    kind: Thing
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
`;

describe('the host', () => {
  it('is a web worker', () => {
    const scope = globalThis as { process?: unknown; importScripts?: unknown };
    assert.equal(typeof scope.process, 'undefined');
    assert.equal(typeof scope.importScripts, 'function');
    assert.equal(vscode.env.uiKind, vscode.UIKind.Web);
  });

  it('loads the parts of the server that lie beside its start', async () => {
    const uri = fileOf('extending.yaml');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(extending));
    await vscode.window.showTextDocument(uri);
    const found = await untilFindings(uri, 'invalid-field', 'invalid-field');
    assert.match(found[0]?.message ?? '', /spec\.devices\.requests\[0\]\.name: Invalid value/);
    assert.match(found[1]?.message ?? '', /must be spec\.names\.plural\+"\."\+spec\.group/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(uri);
  });

  it('restarts the server', async () => {
    await vscode.commands.executeCommand('applyscope.restartServer');
    const uri = fileOf('3-refused.yaml');
    await vscode.window.showTextDocument(uri);
    await untilFindings(uri, 'unknown-field');
  });
});
