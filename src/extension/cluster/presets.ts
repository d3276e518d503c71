// The preset clusters, as they are offered.
import { l10n, Uri } from 'vscode';

export interface PresetItem {
  readonly name: string;
  readonly description: string;
}

export const presets = (): readonly PresetItem[] => [
  { name: 'tutorial', description: l10n.t('a control plane and two workers, as kubeadm makes them') },
  { name: 'kind', description: l10n.t('one node without taints, as kind makes it') },
  { name: 'minikube', description: l10n.t('one node, as minikube makes it') },
  { name: 'eks-like', description: l10n.t('three nodes in three zones, as a cloud makes them') },
  { name: 'empty', description: l10n.t('no nodes at all') },
];

export const presetFile = (extension: Uri, name: string): Uri =>
  Uri.joinPath(extension, 'media', 'clusters', `${name}.yaml`);
