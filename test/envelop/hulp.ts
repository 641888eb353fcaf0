/** Calls to read, and reading them in pieces of any size. */
import type { Envelop } from '#src/envelop/envelop.ts';
import { schrijfFo01 } from '#src/envelop/fo01.ts';
import { EnvelopLezer } from '#src/envelop/lees.ts';
import { type Di01Gegevens, type Du01Gegevens, schrijfDi01, schrijfDu01 } from '#src/envelop/schrijf.ts';
import { inSoap } from '#src/envelop/soap.ts';
import { StufFout } from '#src/envelop/stuf-fout.ts';

export const REFERENTIENUMMER = '0f8fad5b-d9cb-4d69-a165-70867728950e';
export const KRUISREFERENTIE = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

export const GEGEVENS: Du01Gegevens = {
  zender: '0363',
  ontvanger: '98000001',
  referentienummer: REFERENTIENUMMER,
  kruisreferentie: KRUISREFERENTIE,
  moment: new Date('2026-03-15T22:30:15.042Z'),
  soort: { code: 'WMO302', versie: 3, subversie: 2 },
  inhoud: Buffer.from('<Bericht>inhoud</Bericht>'),
};

/** A call as text, to be damaged. */
export const di01 = (gegevens: Partial<Di01Gegevens> = {}): string =>
  inSoap(schrijfDi01({ ...GEGEVENS, ...gegevens })).toString();
export const du01 = (gegevens: Partial<Du01Gegevens> = {}): string =>
  inSoap(schrijfDu01({ ...GEGEVENS, ...gegevens })).toString();

/** Messages of the exchange without SOAP around them, by kind: those that hold a message, and the one that does not. */
export const STUF_BERICHTEN = {
  Di01: schrijfDi01(GEGEVENS).toString(),
  Du01: schrijfDu01(GEGEVENS).toString(),
} as const;
export const STUF_FO01 = schrijfFo01({
  fout: 'payloadNietConformXsd',
  lijst: '2025-11',
  soort: GEGEVENS.soort,
  ontvanger: GEGEVENS.ontvanger,
  referentienummer: REFERENTIENUMMER,
  kruisreferentie: KRUISREFERENTIE,
  moment: GEGEVENS.moment,
  bevindingen: [],
}).toString();

export interface Gelezen {
  readonly envelop: Envelop;
  readonly inhoud: Buffer;
}

/** Reads in pieces of these sizes, over and over. */
export function lees(aanroep: string | Uint8Array, maten?: readonly number[]): Gelezen {
  const bytes = Buffer.from(aanroep);
  const inhoud: Buffer[] = [];
  const lezer = new EnvelopLezer((stuk) => inhoud.push(stuk));
  for (let hier = 0, nr = 0; hier < bytes.length; nr += 1) {
    const maat = maten?.[nr % maten.length] ?? bytes.length;
    lezer.lees(bytes.subarray(hier, hier + maat));
    hier += maat;
  }
  return { envelop: lezer.einde(), inhoud: Buffer.concat(inhoud) };
}

/** The message of a call as it would be given back. */
export function teruggegeven(aanroep: string | Uint8Array): Buffer {
  const inhoud: Buffer[] = [];
  const lezer = new EnvelopLezer((stuk) => inhoud.push(stuk));
  lezer.lees(Buffer.from(aanroep));
  lezer.einde();
  const origineel = lezer.origineel(Buffer.concat(inhoud));
  if (!origineel) throw new Error('nothing was read');
  return origineel;
}

/** The refusal of a call that must be refused. */
export function foutVan(aanroep: string | Uint8Array, maten?: readonly number[]): StufFout {
  try {
    lees(aanroep, maten);
  } catch (fout) {
    if (fout instanceof StufFout) return fout;
    throw fout;
  }
  throw new Error('The call was accepted.');
}
