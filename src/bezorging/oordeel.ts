/** What an answer of a receiver means for the message that it answers. Pure. */
import type { Antwoord } from '../envelop/antwoord-lees.ts';
import type { Oorzaak } from './oorzaken.ts';
import type { Uitslag, Verkeer } from './types.ts';

/** Statuses that say all there is to say. */
const OP_STATUS: Readonly<Record<number, Oorzaak>> = {
  400: 'berichtGeweigerd',
  408: 'teDruk',
  409: 'berichtGeweigerd',
  413: 'berichtGeweigerd',
  415: 'berichtGeweigerd',
  422: 'berichtGeweigerd',
  429: 'teDruk',
  502: 'nietBeschikbaar',
  503: 'nietBeschikbaar',
  504: 'nietBeschikbaar',
};
/** By hundreds, for what is not in the table. */
const OP_HONDERDTAL: Readonly<Record<number, Oorzaak>> = {
  2: 'geenBv03',
  3: 'doorverwijzing',
  4: 'eindpuntWeigert',
  5: 'serverfout',
};
/** What the proxy that most put in front of an endpoint (nginx) says in a page with status 400, where TLS has an alert for it. */
const PROXY_ZEGT: readonly (readonly [string, Oorzaak])[] = [
  ['No required SSL certificate was sent', 'certificaatGevraagd'],
  ['The SSL certificate error', 'certificaatGeweigerd'],
];
const vanProxy = (status: number, lijf: Buffer): Oorzaak | undefined =>
  status === 400 ? PROXY_ZEGT.find(([tekst]) => lijf.includes(tekst))?.[1] : undefined;

/** With these a body is read: SOAP 1.1 sends a fault with 500, some send it with 400. */
const MET_ENVELOP = (status: number): boolean => (status >= 200 && status < 300) || status === 400 || status === 500;

function opInhoud(antwoord: Antwoord, status: number, referentienummer: string): Uitslag | undefined {
  if (antwoord.soort === 'bevestigd') {
    // A confirmation that comes with an error status is none.
    if (status >= 300) return undefined;
    return antwoord.crossRefnummer === referentienummer ? 'bevestigd' : 'anderAntwoord';
  }
  if (antwoord.soort !== 'fo03') return undefined;
  if (!['', referentienummer].includes(antwoord.crossRefnummer)) return 'anderAntwoord';
  return antwoord.plek === 'client' ? 'fo03Client' : 'fo03Server';
}

/**
 * @param verkeer what came of the request
 * @param referentienummer of the message that was sent
 * @param lees reads the answer of a receiver
 */
export function oordeelOver(verkeer: Verkeer, referentienummer: string, lees: (lijf: Buffer) => Antwoord): Uitslag {
  if (verkeer.status === undefined) return verkeer.oorzaak;
  const { status, lijf } = verkeer;
  const uitslag = MET_ENVELOP(status) ? opInhoud(lees(lijf), status, referentienummer) : undefined;
  return (
    uitslag ?? vanProxy(status, lijf) ?? OP_STATUS[status] ?? OP_HONDERDTAL[Math.trunc(status / 100)] ?? 'geenBv03'
  );
}
