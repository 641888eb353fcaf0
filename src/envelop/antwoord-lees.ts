/**
 * Reads what a receiver answers to a push. A receiver may be sloppy: of its Bv03 only that it is one counts, and which call it confirms. It
 * may also lie or be no StUF system at all; then that is the answer.
 */
import { type Bot, kind, sleutel, tekstVan } from '../xml/skelet.ts';
import { BEWAAR } from '../xml/skeletlezer.ts';
import { SOAP, SoapLezer } from './soap.ts';
import { STUF } from './stuf.ts';
import { type Foutplek, StufFout } from './stuf-fout.ts';

export type Antwoord =
  /** Bv03: received. */
  | { readonly soort: 'bevestigd'; readonly crossRefnummer: string }
  /** A SOAP fault with a Fo03. */
  | {
      readonly soort: 'fo03';
      /** null when it is no code; its text is not handed on, for it may quote the message. */
      readonly code: string | null;
      readonly plek: Foutplek | null;
      /** '' when the receiver says nothing of it. */
      readonly crossRefnummer: string;
    }
  /** A SOAP fault without a Fo03; by its faultcode the fault is ours (Client) or theirs (Server). */
  | { readonly soort: 'soapFault'; readonly plek: Foutplek | null }
  /** No answer by StUF: nothing, HTML, another message. */
  | { readonly soort: 'onbegrepen' };

const BV03 = sleutel(STUF, 'Bv03Bericht');
const FAULT = sleutel(SOAP, 'Fault');
const DETAILS_XML = sleutel(STUF, 'detailsXML');
const CODE = /^[A-Za-z0-9]{1,7}$/;
const ONBEGREPEN: Antwoord = { soort: 'onbegrepen' };

const tekst = (bot: Bot | undefined, naam: string): string => tekstVan(bot, naam).trim();
const isWortel = (bot: Bot, naam: string): boolean => sleutel(bot.namespace, bot.naam) === naam;

function plekVan(waarde: string): Foutplek | null {
  const klein = waarde.toLowerCase();
  return klein === 'client' || klein === 'server' ? klein : null;
}

function alsBevestiging(wortel: Bot): Antwoord {
  const kop = kind(wortel, 'stuurgegevens');
  const code = tekst(kop, 'berichtcode');
  const crossRefnummer = tekst(kop, 'crossRefnummer');
  return crossRefnummer === '' || !['', 'Bv03'].includes(code) ? ONBEGREPEN : { soort: 'bevestigd', crossRefnummer };
}

function alsFout(fault: Bot): Antwoord {
  const fo03 = kind(kind(fault, 'detail'), 'Fo03Bericht');
  if (fo03?.namespace !== STUF) {
    // soap:Client, or soap:Client.Authentication
    const [faultcode = ''] = tekst(fault, 'faultcode').replace(/^.*:/, '').split('.');
    return { soort: 'soapFault', plek: plekVan(faultcode) };
  }
  const body = kind(fo03, 'body');
  const code = tekst(body, 'code');
  return {
    soort: 'fo03',
    code: CODE.test(code) ? code : null,
    plek: plekVan(tekst(body, 'plek')),
    crossRefnummer: tekst(kind(fo03, 'stuurgegevens'), 'crossRefnummer'),
  };
}

/**
 * @param bytes body of the HTTP answer, whatever its status; the caller bounds its size
 * @returns what it says; whether crossRefnummer is the number of the call that was made, is for the caller to judge
 */
export function leesAntwoord(bytes: Uint8Array): Antwoord {
  // A Fo03 may carry the whole call back in detailsXML.
  const lezer = new SoapLezer((pad) => (pad.at(-1) === DETAILS_XML ? { ...BEWAAR, kinderen: false } : BEWAAR));
  try {
    lezer.lees(bytes);
    const wortel = lezer.einde();
    if (isWortel(wortel, BV03)) return alsBevestiging(wortel);
    return isWortel(wortel, FAULT) ? alsFout(wortel) : ONBEGREPEN;
  } catch (fout) {
    if (fout instanceof StufFout) return ONBEGREPEN;
    throw fout;
  }
}
