/** Puts the rows of metrieken.ts in a registry of prom-client, filled anew at each scrape. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Bewaking } from './bewaking.ts';
import { METRIEKEN } from './metrieken.ts';
import type { Waarneming } from './metriekrij.ts';

export function registreerStand(
  register: Registry,
  bewaking: Pick<Bewaking, 'stand' | 'redis' | 'certificatenTot'>,
): void {
  let waarneming: Promise<Waarneming> | undefined;
  // All metrics of one scrape say what was seen at one moment.
  const neemWaar = (): Promise<Waarneming> => {
    waarneming ??= Promise.all([bewaking.stand(), bewaking.redis(), bewaking.certificatenTot()])
      .then(([stand, redis, certificatenTot]) => ({ stand, redis, certificatenTot }))
      .finally(() => {
        waarneming = undefined;
      });
    return waarneming;
  };
  for (const { naam, soort, help, labels, waarden } of METRIEKEN) {
    const keuze = { name: naam, help, labelNames: [...labels], registers: [register] };
    const collect = async (metriek: Counter | Gauge): Promise<void> => {
      const rijen = waarden(await neemWaar());
      metriek.reset();
      // Without labels a reset leaves a zero behind, and zero is a figure too.
      if (rijen.length === 0 && labels.length === 0) metriek.remove();
      for (const { labels: deze = {}, waarde } of rijen) metriek.inc(deze, waarde);
    };
    if (soort === 'counter')
      new Counter({
        ...keuze,
        collect() {
          return collect(this);
        },
      });
    else
      new Gauge({
        ...keuze,
        collect() {
          return collect(this);
        },
      });
  }
}
