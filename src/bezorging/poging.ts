/** One attempt: put the message in its envelope, send it, judge the answer. */
import type { Antwoord } from '../envelop/antwoord-lees.ts';
import { pogingspoor, traceparent } from '../logboek/spoor.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { ontsleutel } from '../opslag/versleuteling.ts';
import { oordeelOver } from './oordeel.ts';
import { type Stuuropties, stuur } from './stuur.ts';
import type { Tlskeuze } from './tls-middelen.ts';
import { metVerloop } from './tls-oorzaak.ts';
import type { Geclaimd, Uitslag, Zending } from './types.ts';

/** The knowledge of StUF that an attempt needs. */
export interface Envelop {
  /** @returns undefined when the message lacks what its envelope must hold */
  readonly verpak: (bericht: Geclaimd, inhoud: Buffer) => Zending | undefined;
  readonly leesAntwoord: (lijf: Buffer) => Antwoord;
}

export interface Pogingopties extends Omit<Stuuropties, 'tls'> {
  /** What we show to this receiver and whom we trust; undefined: that cannot be said. Without it as Node does. */
  readonly tls?: ((organisatie: string) => Tlskeuze | undefined) | undefined;
  readonly sleutels: Sleutels;
  readonly envelop: Envelop;
  readonly magNaar: (url: URL) => boolean;
}

/** Only web addresses, as the operator entered them; what else may not be asked is for the installation to say. */
function leesUrl(tekst: string, magNaar: (url: URL) => boolean): URL | undefined {
  const url = URL.canParse(tekst) ? new URL(tekst) : undefined;
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  return url && web && !url.username && !url.password && magNaar(url) ? url : undefined;
}

/**
 * @returns how it ended
 * @throws when we ourselves fail: a key that is gone, a defect
 */
export async function probeer(bericht: Geclaimd, opties: Pogingopties): Promise<Uitslag> {
  const url = leesUrl(bericht.url, opties.magNaar);
  if (!url) return 'adresNietToegestaan';
  const inhoud = ontsleutel(opties.sleutels, bericht.berichtId, bericht);
  const zending = opties.envelop.verpak(bericht, inhoud);
  if (!zending) return 'nietTeVerpakken';
  const spoor = traceparent(pogingspoor(bericht.spoor, bericht.ophalingId));
  const keuze = url.protocol === 'https:' ? opties.tls?.(bericht.postbus) : undefined;
  if (opties.tls && !keuze && url.protocol === 'https:') return 'tlsBestanden';
  const tls = keuze && { secureContext: keuze.secureContext };
  const verkeer = await stuur(url, { ...zending, traceparent: spoor }, { ...opties, tls });
  const uitslag = oordeelOver(verkeer, bericht.referentienummer, opties.envelop.leesAntwoord);
  return metVerloop(uitslag, keuze?.certificaatTot, new Date());
}
