/** Writes what the switch sends: Di01 and Du01 around a message, and the answers Bv03 and Fo03. For Fo01 see fo01.ts. */
import { stufTijdstip } from '../tijd.ts';
import { blad, type Element, tak } from '../xml/boom.ts';
import { inSoapFault } from './soap.ts';
import {
  APPLICATIE,
  type Functie,
  GGK,
  type Partijen,
  partijen,
  STUF,
  schrijfStuf,
  stuf,
  versienummer,
} from './stuf.ts';
import { STUF_FOUTEN, type StufFout } from './stuf-fout.ts';

const MAX_DETAILS = 1000;
const BESTANDSNAAM = /^[A-Za-z0-9._-]{4,255}$/;

interface Kop extends Partijen {
  /** UUID version 4. */
  readonly referentienummer: string;
  readonly moment: Date;
}

export interface Di01Gegevens extends Kop {
  readonly ontvanger: string;
  readonly soort: Functie;
  readonly inhoud: Uint8Array;
  /** Given: the content travels as tekstBestand under this name. */
  readonly bestandsnaam?: string;
}

export interface Du01Gegevens extends Di01Gegevens {
  /** referentienummer of the heenbericht. */
  readonly kruisreferentie: string;
}

export interface AntwoordGegevens extends Kop {
  /** referentienummer of the call that is answered; undefined when it could not be read. */
  readonly kruisreferentie: string | undefined;
}

const ggk = (naam: string, tekst: string): Element => blad(naam, GGK, tekst);

const kop = (berichtcode: string, { referentienummer, moment, ...wie }: Kop): readonly Element[] => [
  stuf('berichtcode', berichtcode),
  ...partijen(wie),
  stuf('referentienummer', referentienummer),
  stuf('tijdstipBericht', stufTijdstip(moment)),
];

function naamVan({ bestandsnaam }: Di01Gegevens): string {
  if (bestandsnaam === undefined) return 'xmlBestand';
  if (!BESTANDSNAAM.test(bestandsnaam)) throw new Error('no bestandsnaam by the XSD');
  return 'tekstBestand';
}

const parameters = (gegevens: Di01Gegevens): Element =>
  tak('parameters', GGK, [
    ggk('applicatieVersie', APPLICATIE.versie),
    ggk('applicatieSubversie', APPLICATIE.subversie),
    ggk('functieVersie', versienummer(gegevens.soort.versie)),
    ggk('functieSubversie', versienummer(gegevens.soort.subversie)),
    tak('bericht', GGK, [ggk(naamVan(gegevens), '')]),
  ]);

/** Writes the envelope first and the content into it, so that 25 MB goes through no writer of trees. */
function metInhoud(wortel: Element, gegevens: Di01Gegevens): Buffer {
  const envelop = schrijfStuf(wortel);
  const naam = naamVan(gegevens);
  // No value can hold an angle bracket, so the tags stand here and nowhere else.
  const open = envelop.indexOf(`<GGK:${naam}>`);
  const sluit = envelop.indexOf(`</GGK:${naam}>`);
  const attribuut = gegevens.bestandsnaam === undefined ? '' : ` bestandsnaam="${gegevens.bestandsnaam}"`;
  const { buffer, byteOffset, byteLength } = gegevens.inhoud;
  return Buffer.concat([
    envelop.subarray(0, open),
    Buffer.from(`<GGK:${naam}${attribuut}>`),
    Buffer.from(Buffer.from(buffer, byteOffset, byteLength).toString('base64'), 'latin1'),
    envelop.subarray(sluit),
  ]);
}

/** @returns the bytes of a Di01: a heenbericht on its way to its receiver */
export function schrijfDi01(gegevens: Di01Gegevens): Buffer {
  const stuurgegevens = [...kop('Di01', gegevens), stuf('functie', gegevens.soort.code)];
  return metInhoud(
    tak('envelopHeenbericht-ggk_Di01', GGK, [tak('stuurgegevens', GGK, stuurgegevens), parameters(gegevens)]),
    gegevens,
  );
}

/** @returns the bytes of a Du01: a retourbericht or declaratie-antwoord on its way to its receiver */
export function schrijfDu01(gegevens: Du01Gegevens): Buffer {
  const stuurgegevens = [
    ...kop('Du01', gegevens),
    stuf('crossRefnummer', gegevens.kruisreferentie),
    stuf('functie', gegevens.soort.code),
  ];
  return metInhoud(
    tak('envelopRetourbericht-ggk_Du01', GGK, [tak('stuurgegevens', GGK, stuurgegevens), parameters(gegevens)]),
    gegevens,
  );
}

const antwoordkop = (berichtcode: string, gegevens: AntwoordGegevens): Element =>
  tak('stuurgegevens', STUF, [
    ...kop(berichtcode, gegevens),
    // The element is compulsory, and may be empty.
    stuf('crossRefnummer', gegevens.kruisreferentie ?? ''),
  ]);

/** @returns the bytes of a Bv03: the call was received, and its content will be judged */
export const schrijfBv03 = (gegevens: AntwoordGegevens): Buffer =>
  schrijfStuf(tak('Bv03Bericht', STUF, [antwoordkop('Bv03', gegevens)]));

/** @returns the bytes of a SOAP fault, in its envelope, with a Fo03 as detail: the call was not received */
export function schrijfFo03(fout: StufFout, gegevens: AntwoordGegevens): Buffer {
  const { code, plek, faultcode, omschrijving } = STUF_FOUTEN[fout.soort];
  const fo03 = tak('Fo03Bericht', STUF, [
    antwoordkop('Fo03', gegevens),
    tak('body', STUF, [
      stuf('code', code),
      stuf('plek', plek),
      stuf('omschrijving', omschrijving),
      ...(fout.details === undefined ? [] : [stuf('details', [...fout.details].slice(0, MAX_DETAILS).join(''))]),
    ]),
  ]);
  return inSoapFault(faultcode, omschrijving, schrijfStuf(fo03));
}
