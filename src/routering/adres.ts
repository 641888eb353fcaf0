/** Who really sends a message to whom, read from its header. Pure; whether these parties exist and may do so is asked elsewhere. */
import { KnooppuntFout } from '../fouten.ts';
import type { Berichtsoort, Partij } from '../standards/catalogus.ts';
import { soortVan } from '../standards/controle.ts';
import type { Voorblad } from '../xml/voorblad.ts';

export interface Adres {
  readonly soort: Berichtsoort;
  readonly afzender: string;
  readonly ontvanger: string;
  /** The lane is gemeente x aanbieder x domein, whichever way the message goes. */
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly identificatie: string | undefined;
}

/** Which way a berichtsoort goes, as the end of a Dutch sentence. */
export const richtingTekst = ({ verzender }: Pick<Berichtsoort, 'verzender'>): string =>
  verzender === 'gemeente'
    ? 'dit bericht gaat van een gemeente naar een aanbieder'
    : 'dit bericht gaat van een aanbieder naar een gemeente';

const VORM: Readonly<Record<Partij, RegExp>> = { gemeente: /^[0-9]{4}$/, aanbieder: /^[0-9]{8}$/ };

/**
 * @param voorblad what the message says of itself
 * @returns the address; afzender is who really sends, so for a retour the header's ontvanger (IV028: the header is not turned round)
 * @throws KnooppuntFout berichtsoortOnbekend, headerOnleesbaar, berichtcodeOnjuist or richtingOnjuist
 */
export function bepaalAdres(voorblad: Voorblad): Adres {
  const soort = soortVan(voorblad);
  if (!soort) throw new KnooppuntFout('berichtsoortOnbekend');
  const { BerichtCode, Afzender, Ontvanger, Identificatie, IdentificatieRetour } = voorblad.header;
  if (!BerichtCode || !Afzender || !Ontvanger) throw new KnooppuntFout('headerOnleesbaar');
  if (BerichtCode.trim() !== soort.berichtcode) throw new KnooppuntFout('berichtcodeOnjuist');
  const omgekeerd = soort.aard === 'retour';
  const afzender = (omgekeerd ? Ontvanger : Afzender).trim();
  const ontvanger = (omgekeerd ? Afzender : Ontvanger).trim();
  const gemeente = soort.verzender === 'gemeente' ? afzender : ontvanger;
  const aanbieder = soort.verzender === 'gemeente' ? ontvanger : afzender;
  if (!VORM.gemeente.test(gemeente) || !VORM.aanbieder.test(aanbieder))
    throw new KnooppuntFout('richtingOnjuist', `Regel richting: ${richtingTekst(soort)}.`);
  return {
    soort,
    afzender,
    ontvanger,
    gemeente,
    aanbieder,
    identificatie: omgekeerd ? IdentificatieRetour : Identificatie,
  };
}
