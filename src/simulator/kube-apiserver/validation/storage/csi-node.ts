// What CSI drivers say of nodes and of the room they have (pkg/apis/storage/validation, Kubernetes 1.36).
import { duplicate, invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type { CSINode, CSINodeDriver, CSIStorageCapacity } from '../../../../api/object.ts';
import { checkAmountNotNegative, checkNonNegative, type Errors } from '../checks.ts';
import { shownSelector } from '../go-struct.ts';
import { shownList } from '../go-struct.ts';
import { kindRules } from '../kind-rules.ts';
import { checkLabelSelector, checkQualifiedName, checkSubdomain } from '../labels.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, subdomainName } from '../object-meta.ts';
import { checkDriverName } from '../pod/network-volumes.ts';
import type { KindRules } from '../validation.ts';

const path = FieldPath.of('spec', 'drivers');
const nodeIdLimit = 256;

function checkDriver(driver: CSINodeDriver, isKnown: boolean, at: FieldPath, errors: Errors): void {
  const { name = '', nodeID = '', topologyKeys, allocatable } = driver;
  const id = at.child('nodeID');
  checkDriverName(name, at.child('name'), errors);
  if (!nodeID) errors.push(required(id));
  if (byteLength(nodeID) > nodeIdLimit) errors.push(invalid(id, nodeID, `must be ${nodeIdLimit} characters or less`));
  checkNonNegative(allocatable?.count, at.child('allocatable', 'count'), errors);
  if (isKnown) errors.push(duplicate(at.child('name'), name));
  (topologyKeys ?? []).forEach((key, i, keys) => {
    if (!key) errors.push(required(at));
    if (keys.indexOf(key) < i) errors.push(duplicate(at, key));
    checkQualifiedName(key, at, errors);
  });
}

/** How many volumes fit may change; the rest of what a driver said of the node stays. */
const fixedPart = ({ name, nodeID, topologyKeys }: CSINodeDriver) => ({
  Name: name,
  NodeID: nodeID,
  TopologyKeys: shownList(topologyKeys),
  Allocatable: null,
});

export const csiNodeRules = kindRules<CSINode>({
  meta: { namespaced: false, name: subdomainName },
  metaAsNew: true,
  content({ spec }, errors, old) {
    const drivers = spec.drivers ?? [];
    drivers.forEach((driver, i) => {
      const isKnown = drivers.findIndex(({ name }) => name === driver.name) < i;
      checkDriver(driver, isKnown, path.index(i), errors);
    });
    for (const before of old?.spec.drivers ?? []) {
      for (const driver of drivers) {
        if (driver.name === before.name) checkImmutable(fixedPart(driver), fixedPart(before), path, errors);
      }
    }
  },
});

function checkStorageCapacity(given: CSIStorageCapacity, errors: Errors): void {
  const { metadata, nodeTopology, storageClassName = '', capacity } = given;
  checkMetadata(metadata, { namespaced: true, name: subdomainName }, errors);
  checkLabelSelector(nodeTopology, FieldPath.of('nodeTopology'), errors);
  checkSubdomain(storageClassName, FieldPath.of('storageClassName'), errors);
  checkAmountNotNegative(capacity, FieldPath.of('capacity'), errors);
}

export const storageCapacityRules: KindRules<CSIStorageCapacity> = {
  create: checkStorageCapacity,
  update(given, old, errors) {
    const { metadata, nodeTopology, storageClassName } = given;
    checkStorageCapacity(given, errors);
    checkMetadataUpdate(metadata, old.metadata, errors);
    const topology = shownSelector(nodeTopology);
    checkImmutable(topology, shownSelector(old.nodeTopology), FieldPath.of('nodeTopology'), errors);
    checkImmutable(storageClassName, old.storageClassName, FieldPath.of('storageClassName'), errors);
  },
};
