// The in-tree volume plugins that CSI drivers took over for good (k8s.io/csi-translation-lib).

const drivers: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
};

/** The driver in place of an in-tree plugin; undefined: the plugin (or provisioner) stands for itself. */
export function csiDriverOf(pluginName: string): string | undefined {
  return Object.hasOwn(drivers, pluginName) ? drivers[pluginName] : undefined;
}
