/**
 * Metrics of the api process, and of the whole switch (bewaking/metrieken.ts). Labels are codes of the norm and of our own, never ids or persons.
 */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Bewaking } from '../bewaking/bewaking.ts';
import { registreerStand } from '../bewaking/registreer.ts';

/** By which door a message came. */
export type Weg = 'rest' | 'stuf' | 'zip' | 'portaal';

export interface Metriek {
  readonly register: Registry;
  readonly verzoek: (route: string, status: number, seconden: number) => void;
  /** @param seconden from the first byte of the message to its receipt */
  readonly aangenomen: (
    weg: Weg,
    bericht: { readonly berichtsoort: string; readonly omvang: number },
    seconden: number,
  ) => void;
  readonly geweigerd: (soort: string) => void;
  /** What a virus scan came to. */
  readonly gescand: (uitslag: string) => void;
}

const DUUR = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5, 30];

/** @param bewaking asked at each scrape for the state of the switch */
export function maakMetriek(bewaking: Bewaking): Metriek {
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
    labelNames: ['berichtsoort', 'weg'],
    registers,
  });
  const bytes = new Counter({
    name: 'knooppunt_aangenomen_bytes_total',
    help: 'Omvang van de aangenomen berichten',
    labelNames: ['weg'],
    registers,
  });
  const aanname = new Histogram({
    name: 'knooppunt_aanname_seconden',
    help: 'Tijd tot het ontvangstbewijs van een bericht',
    labelNames: ['weg'],
    buckets: DUUR,
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
  registreerStand(register, bewaking);
  return {
    register,
    verzoek: (route, status, seconden) => duur.observe({ route, status }, seconden),
    aangenomen(weg, { berichtsoort, omvang }, seconden) {
      aangenomen.inc({ berichtsoort, weg });
      bytes.inc({ weg }, omvang);
      aanname.observe({ weg }, seconden);
    },
    geweigerd: (soort) => geweigerd.inc({ soort }),
    gescand: (uitslag) => gescand.inc({ uitslag }),
  };
}
