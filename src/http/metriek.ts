/** Metrics of the api process, and what the database says of the whole switch. Labels are codes of the norm, never ids or persons. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { bezorgtellingen } from '../bezorging/inzage.ts';
import type { Database } from '../opslag/database.ts';

export interface Metriek {
  readonly register: Registry;
  readonly verzoek: (route: string, status: number, seconden: number) => void;
  readonly aangenomen: (berichtsoort: string) => void;
  readonly geweigerd: (soort: string) => void;
  /** What a virus scan came to. */
  readonly gescand: (uitslag: string) => void;
}

const DUUR = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5, 30];

/** @param database asked at each scrape for the state of the lanes */
export function maakMetriek(database: Database): Metriek {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const duur = new Histogram({
    name: 'knooppunt_http_seconden',
    help: 'Duur van verzoeken',
    labelNames: ['route', 'status'],
    buckets: DUUR,
    registers,
  });
  const aangenomen = new Counter({
    name: 'knooppunt_aangenomen_total',
    help: 'Aangenomen berichten',
    labelNames: ['berichtsoort'],
    registers,
  });
  const geweigerd = new Counter({
    name: 'knooppunt_geweigerd_total',
    help: 'Geweigerde verzoeken',
    labelNames: ['soort'],
    registers,
  });
  const gescand = new Counter({
    name: 'knooppunt_virusscans_total',
    help: 'Aangeleverde berichten die op virussen zijn gecontroleerd, naar uitslag',
    labelNames: ['uitslag'],
    registers,
  });
  const onverwerkt = new Gauge({
    name: 'knooppunt_onverwerkt',
    help: 'Berichten die op verwerking wachten',
    registers,
  });
  const oudste = new Gauge({
    name: 'knooppunt_oudste_onverwerkt_seconden',
    help: 'Leeftijd van het oudste onverwerkte bericht',
    registers,
  });
  new Gauge({
    name: 'knooppunt_banen_in_storing',
    help: 'Banen waarvan de laatste beurt door een fout van het knooppunt mislukte',
    registers,
    async collect() {
      const { rows } = await database.pool.query<{ aantal: number; oudste: number; storing: number }>(
        `select count(*)::int as aantal, coalesce(extract(epoch from now() - min(ontvangen_op)), 0)::float8 as oudste,
           (select count(*)::int from baan_storing) as storing
         from te_doen`,
      );
      const stand = rows[0];
      if (!stand) return;
      onverwerkt.set(stand.aantal);
      oudste.set(stand.oudste);
      this.set(stand.storing);
    },
  });
  new Gauge({
    name: 'knooppunt_bezorgpogingen_total',
    help: 'Pogingen om een bericht over StUF te bezorgen, naar uitslag',
    labelNames: ['uitslag'],
    registers,
    async collect() {
      for (const { uitslag, aantal } of await bezorgtellingen(database)) this.set({ uitslag }, aantal);
    },
  });
  return {
    register,
    verzoek: (route, status, seconden) => duur.observe({ route, status }, seconden),
    aangenomen: (berichtsoort) => aangenomen.inc({ berichtsoort }),
    geweigerd: (soort) => geweigerd.inc({ soort }),
    gescand: (uitslag) => gescand.inc({ uitslag }),
  };
}
