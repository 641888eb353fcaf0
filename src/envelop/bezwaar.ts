/** What an envelope and the message in it must say alike. Pure: the same for intake and for who only checks. */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Di01, Du01 } from './envelop.ts';

/** Of the message: what it is, and who really sends it to whom; of a retour the header has the parties the other way round. */
export interface Inzender {
  readonly soort: Berichtsoort;
  readonly afzender: string;
  readonly ontvanger: string;
}

/** @returns a Dutch sentence without any value from the message; undefined when they agree */
export function bezwaarTegenEnvelop(
  { soort, functie, zender, ontvanger }: Di01 | Du01,
  bericht: Inzender,
): string | undefined {
  if (functie !== bericht.soort.code)
    return 'Vul functie in de envelop met de berichtsoort van de inhoud: zij noemt een andere.';
  if ((soort === 'Di01') !== (bericht.soort.aard === 'heen'))
    return 'Gebruik de andere envelop: een heenbericht gaat in een Di01, een antwoord daarop in een Du01.';
  if (zender.organisatie !== bericht.afzender || ontvanger.organisatie !== bericht.ontvanger)
    return 'Vul zender en ontvanger in de envelop met de partijen van het bericht: zij noemt andere.';
  return undefined;
}
