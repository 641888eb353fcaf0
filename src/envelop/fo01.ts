/**
 * Composes a Fo01: the StUF fault message that tells a sender why its message was not delivered.
 *
 * Source: StUF 0301 (Fo01Bericht), specification StUF-GGk 2.1 patch 4. details = functie, a hyphen, functieVersie and functieSubversie. detailsXML
 * holds the refused message with its envelope, first, so that a reader finds it where the specification has it; then our findings on it.
 */
import type { Bevinding } from '../standards/bevinding.ts';
import { FOUTLIJSTEN, type Foutlijst, type FoutSoort, foutcode } from '../standards/foutcodes/lijsten.ts';
import { stufTijdstip } from '../tijd.ts';
import { blad, type Element, tak } from '../xml/boom.ts';
import { type Functie, partijen, STUF, schrijfStuf, stuf, versienummer } from './stuf.ts';

/** Our own findings inside detailsXML, which may hold any XML. */
const BEVINDINGEN = 'urn:x-knooppunt:bevindingen:1';
const MAX_OMSCHRIJVING = 200;

/** Under which name the switch signs, by the list its reader uses. */
const ZENDER: Readonly<Record<Foutlijst, string>> = { '2025-11': 'BIDN', '2.1': 'IB' };

export interface Fo01Gegevens {
  readonly fout: FoutSoort;
  readonly lijst: Foutlijst;
  /** Of the refused message; by its envelope when it is none of the norm. */
  readonly soort: Functie;
  /** Who gets the Fo01: the sender of the refused message. */
  readonly ontvanger: string;
  readonly referentienummer: string;
  /** referentienummer of the refused message. */
  readonly kruisreferentie: string;
  readonly moment: Date;
  readonly bevindingen: readonly Bevinding[];
  /** Which rule refused, and why: a Dutch sentence without a value from the message. */
  readonly toelichting?: string | undefined;
  /** The refused message with its envelope: a document without XML declaration. */
  readonly origineel?: Buffer | undefined;
}

/** Under which organisation name the switch signs a fault for a reader of this list. */
export const zenderVan = (lijst: Foutlijst): string => ZENDER[lijst];

/** The one thing that a receiver may tell with a Fo01: what it got is not valid against the XSD. Its code in every list. */
export const ONLEESBAAR: readonly string[] = FOUTLIJSTEN.map((lijst) => foutcode('payloadNietConformXsd', lijst).code);

const bevinding = ({ regelnummer, pad, melding, regel }: Bevinding): Element =>
  tak('bevinding', BEVINDINGEN, [
    blad('regel', BEVINDINGEN, regel),
    blad('regelnummer', BEVINDINGEN, String(regelnummer)),
    blad('pad', BEVINDINGEN, pad),
    blad('melding', BEVINDINGEN, melding),
  ]);

/** What follows the meaning of the code: the rule that refused, or the first finding. */
function toelichtingVan({ toelichting, bevindingen }: Fo01Gegevens): string {
  const eerste = bevindingen[0];
  if (toelichting !== undefined) return ` ${toelichting}`;
  return eerste ? ` Regel ${eerste.regelnummer}: ${eerste.melding}` : '';
}

function detailsXml({ bevindingen, origineel }: Fo01Gegevens): readonly Element[] {
  const eigen = bevindingen.length > 0 ? [tak('bevindingen', BEVINDINGEN, bevindingen.map(bevinding))] : [];
  return eigen.length > 0 || origineel ? [tak('detailsXML', STUF, eigen)] : [];
}

const OPEN = '<StUF:detailsXML>';

/** Puts a document at the beginning of detailsXML as it is. No value can hold an angle bracket, so the tag stands in one place. */
function voegIn(fo01: Buffer, origineel: Buffer): Buffer {
  const plek = fo01.indexOf(OPEN) + OPEN.length;
  return Buffer.concat([fo01.subarray(0, plek), origineel, fo01.subarray(plek)]);
}

/** @returns the bytes of the Fo01 */
export function schrijfFo01(gegevens: Fo01Gegevens): Buffer {
  const { soort, origineel } = gegevens;
  const { code, omschrijving } = foutcode(gegevens.fout, gegevens.lijst);
  const fo01 = schrijfStuf(
    tak('Fo01Bericht', STUF, [
      tak('stuurgegevens', STUF, [
        stuf('berichtcode', 'Fo01'),
        ...partijen({ zender: zenderVan(gegevens.lijst), ontvanger: gegevens.ontvanger }),
        stuf('referentienummer', gegevens.referentienummer),
        stuf('tijdstipBericht', stufTijdstip(gegevens.moment)),
        stuf('crossRefnummer', gegevens.kruisreferentie),
      ]),
      tak('body', STUF, [
        stuf('code', code),
        stuf('plek', 'client'),
        stuf('omschrijving', [...`${omschrijving}${toelichtingVan(gegevens)}`].slice(0, MAX_OMSCHRIJVING).join('')),
        stuf('details', `${soort.code}-${versienummer(soort.versie)}${versienummer(soort.subversie)}`),
        ...detailsXml(gegevens),
      ]),
    ]),
    [[BEVINDINGEN, 'knooppunt']],
  );
  return origineel ? voegIn(fo01, origineel) : fo01;
}
