/** How much work something is, so that a test can say "not more than this" on a machine that has other things to do as well. */

/** Milliseconds of processor time that this process spent on it: what others do meanwhile is no part of it. */
export function rekentijd(doe: () => unknown): number {
  const begin = process.cpuUsage();
  doe();
  return verbruikt(begin);
}

/** The same for what waits in between. */
export async function rekentijdVan(doe: () => Promise<unknown>): Promise<number> {
  const begin = process.cpuUsage();
  await doe();
  return verbruikt(begin);
}

function verbruikt(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}
