// Which Pods of an earlier revision may be replaced now (rollingUpdate in update.go).
import type { Pod } from '../../../api/object.ts';
import { scaledValue } from '../scaled-value.ts';
import type { Daemons } from './daemons.ts';
import type { Changes } from './manage.ts';
import { isUpdated } from './placement.ts';

export function rollingUpdate(daemons: Daemons): Changes {
  const { rollingUpdate: limits } = daemons.daemonSet.spec?.updateStrategy ?? {};
  const { desired } = daemons;
  const surge = scaledValue(limits?.maxSurge, desired, true);
  if (surge > 0) return withSurge(daemons, surge);
  return withoutSurge(daemons, scaledValue(limits?.maxUnavailable, desired, true) || 1);
}

/** The Pod of the new and of an earlier revision on a node; undefined if there are too many. */
function revisionsOn(daemons: Daemons, name: string): { readonly updated?: Pod; readonly old?: Pod } | undefined {
  const pods = daemons.on(name).filter(({ metadata }) => !metadata.deletionTimestamp);
  const [updated, ...moreUpdated] = pods.filter((pod) => isUpdated(daemons.daemonSet, pod, daemons.hash));
  const [old, ...moreOld] = pods.filter((pod) => !isUpdated(daemons.daemonSet, pod, daemons.hash));
  if (moreUpdated.length + moreOld.length > 0) return undefined;
  return { ...(updated && { updated }), ...(old && { old }) };
}

/** First the old one goes, then the new one comes: Pods that are not available anyway, and as many others as may be missing. */
function withoutSurge(daemons: Daemons, maxUnavailable: number): Changes {
  let unavailable = 0;
  const allowed: Pod[] = [];
  const candidates: Pod[] = [];
  for (const name of daemons.nodeNames()) {
    const found = revisionsOn(daemons, name);
    const { updated, old } = found ?? {};
    if (Boolean(updated) === Boolean(old)) unavailable++;
    else if (updated) unavailable += Number(!daemons.isAvailable(updated));
    else if (old && !daemons.isAvailable(old)) {
      allowed.push(old);
      unavailable++;
    } else if (old && unavailable < maxUnavailable) candidates.push(old);
  }
  const more = candidates.slice(0, Math.max(maxUnavailable - unavailable, 0));
  return { create: [], remove: [...allowed, ...more] };
}

/** First the new one comes, then the old one goes. */
function withSurge(daemons: Daemons, maxSurge: number): Changes {
  let [surging, available] = [0, 0];
  const remove: Pod[] = [];
  const misplaced: Pod[] = [];
  const allowed: string[] = [];
  const candidates: string[] = [];
  for (const name of daemons.nodeNames()) {
    const found = revisionsOn(daemons, name);
    const { updated, old } = found ?? {};
    const shown = old ?? updated;
    if (!found) surging++;
    if (shown && daemons.isAvailable(shown)) available++;
    if (!old) continue;
    if (updated) {
      if (daemons.isAvailable(updated)) remove.push(old);
      else surging++;
      continue;
    }
    const isAvailable = daemons.isAvailable(old);
    if (!daemons.placement(name).runs) (isAvailable ? misplaced : remove).push(old);
    else if (!isAvailable) allowed.push(name);
    else if (surging < maxSurge) candidates.push(name);
  }
  const spare = Math.max(available - daemons.desired, 0);
  return {
    create: [...allowed, ...candidates.slice(0, Math.max(maxSurge - surging, 0))],
    remove: [...remove, ...misplaced.slice(0, spare)],
  };
}
