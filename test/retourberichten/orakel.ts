/**
 * What an answer must hold, worked out a second time, straight from the table in IV028 and IV087 and with nothing of the program. Elements
 * are compared as name → list; their order is for the XSD to judge.
 */
import type { Berichtsoort } from '#src/standards/catalogus.ts';
import type { Inhoud, Waarde } from '#src/xml/structuur.ts';
import { type Knoop, kinderen, leesBoom } from '../xsd/boom.ts';
import { som } from './berichten.ts';

/** The classes that have retourcodes in the answer, as the norm lists them, besides the Header. */
const KLASSEN: Readonly<Record<string, readonly string[]>> = {
  301: ['Client', 'Relatie', 'Contact', 'ToegewezenProduct'],
  305: ['Client', 'StartProduct'],
  307: ['Client', 'StopProduct'],
  315: ['Client', 'AangevraagdProduct'],
  317: ['Client', 'Verzoek', 'OngewijzigdProduct', 'TeWijzigenProduct', 'NieuwProduct'],
  319: ['Antwoord', 'Woonplaatsbeginsel'],
  323: ['Declaratie', 'Client', 'Prestatie'],
};
export const HEADER = '/Bericht/Header';
const DECLARATIE = '/Bericht/Declaratie';

/** An element of a message, and the class that answers for it. */
export interface Plek {
  readonly pad: string;
  readonly klasse: string;
}
/** A finding, and where the oracle expects it to count. */
export interface Vondst extends Plek {
  readonly ernst: 'fout' | 'waarschuwing';
  readonly niveau: 2 | 3 | 4;
  readonly code: string;
}

const stuks = (waarde: Waarde | undefined): readonly (string | Inhoud)[] =>
  waarde === undefined ? [] : Array.isArray(waarde) ? waarde : [waarde as string | Inhoud];

/** The elements of a class with their paths: a position only where there are several. */
const delen = (inhoud: Inhoud, pad: string): readonly { naam: string; stuk: string | Inhoud; hier: string }[] =>
  Object.entries(inhoud).flatMap(([naam, waarde]) =>
    stuks(waarde).map((stuk, nr, alle) => ({
      naam,
      stuk,
      hier: `${pad}/${naam}${alle.length > 1 ? `[${nr + 1}]` : ''}`,
    })),
  );

/** All elements of a message. */
export function plekken(soort: Berichtsoort, inhoud: Inhoud, pad = '/Bericht', klasse = HEADER): readonly Plek[] {
  const onder = delen(inhoud, pad).flatMap(({ naam, stuk, hier }): readonly Plek[] => {
    const eigen = KLASSEN[soort.nummer]?.includes(naam) ? hier : klasse;
    return typeof stuk === 'string' ? [{ pad: hier, klasse: eigen }] : plekken(soort, stuk, hier, eigen);
  });
  return [{ pad, klasse }, ...onder];
}

/** Element → its contents, one or more; text for a leaf. */
export type Lijsten = string | { readonly [naam: string]: readonly Lijsten[] };

export function alsLijsten(inhoud: string | Inhoud): Lijsten {
  if (typeof inhoud === 'string') return inhoud;
  const gevuld = Object.entries(inhoud).filter(([, waarde]) => stuks(waarde).length > 0);
  if (gevuld.length === 0) return '';
  return Object.fromEntries(gevuld.map(([naam, waarde]) => [naam, stuks(waarde).map(alsLijsten)]));
}

/** The same of the bytes of an answer. */
export function gelezen(bytes: Uint8Array): Lijsten {
  const lees = (knoop: Knoop): Lijsten => {
    const onder = kinderen(knoop);
    if (onder.length === 0) return knoop.inhoud.join('');
    const namen = [...new Set(onder.map(({ naam }) => naam))];
    return Object.fromEntries(namen.map((naam) => [naam, onder.filter((kind) => kind.naam === naam).map(lees)]));
  };
  return lees(leesBoom(bytes));
}

export interface Geval {
  readonly soort: Berichtsoort;
  readonly antwoord: Berichtsoort;
  readonly inhoud: Inhoud;
  readonly vondsten: readonly Vondst[];
  readonly nietBeoordeeld: ReadonlySet<string>;
  readonly identificatie: string;
  readonly dag: string;
}

const XSD = { BasisschemaXsdVersie: '1.0.0', BerichtXsdVersie: '1.0.0' };
const retourCodes = (codes: readonly string[]): Inhoud => ({ RetourCode: codes });

function kop(geval: Geval, codes: readonly string[], xslt?: string): Inhoud {
  const heen = geval.inhoud.Header as Inhoud;
  const gedeeld = { BerichtCode: geval.antwoord.berichtcode, XsltVersie: xslt };
  const RetourCodes = codes.length > 0 ? retourCodes(codes) : undefined;
  if (geval.soort.nummer !== '323') {
    const eigen = { IdentificatieRetour: geval.identificatie, DagtekeningRetour: geval.dag, XsdVersieRetour: XSD };
    return { ...heen, ...gedeeld, ...eigen, RetourCodes };
  }
  return {
    BerichtVersie: '3',
    BerichtSubversie: '2',
    ...gedeeld,
    Afzender: heen.Ontvanger,
    Ontvanger: heen.Afzender,
    BerichtIdentificatie: { Identificatie: geval.identificatie, Dagtekening: geval.dag },
    XsdVersie: XSD,
    DeclaratieIdentificatie: heen.BerichtIdentificatie,
    XsdVersieDeclaratie: heen.XsdVersie,
    RetourCodes: RetourCodes ?? retourCodes(['0200']),
  };
}

type CodesVan = (klasse: string) => readonly string[];

/** A branch of the message with the codes of each class in it. */
function volledig(geval: Geval, inhoud: Inhoud, pad: string, codesVan: CodesVan): Inhoud {
  const kopie: Record<string, Waarde> = {};
  for (const { naam, stuk, hier } of delen(inhoud, pad)) {
    const codes = codesVan(hier);
    const over = geval.nietBeoordeeld.has(hier) ? '0233' : '0200';
    const RetourCodes = KLASSEN[geval.soort.nummer]?.includes(naam)
      ? retourCodes(codes.length > 0 ? codes : [over])
      : undefined;
    const nieuw = typeof stuk === 'string' ? stuk : { ...volledig(geval, stuk, hier, codesVan), RetourCodes };
    kopie[naam] = [...stuks(kopie[naam]), nieuw] as Waarde;
  }
  return kopie;
}

function toegekend({ inhoud }: Geval, codesVan: CodesVan, klassen: boolean): Inhoud {
  const { DeclaratieNummer, TotaalIngediendBedrag, Clienten } = inhoud.Declaratie as Inhoud;
  const eigen = codesVan(DECLARATIE);
  const heel = { DeclaratieNummer, TotaalIngediendBedrag };
  if (!klassen) return { ...heel, TotaalToegekendBedrag: TotaalIngediendBedrag, RetourCodes: retourCodes(['8001']) };
  const niets = { TotaalBedrag: '0', DebetCredit: 'D' };
  if (eigen.length > 0) return { ...heel, TotaalToegekendBedrag: niets, RetourCodes: retourCodes(eigen) };
  const Client = delen(Clienten as Inhoud, `${DECLARATIE}/Clienten`).flatMap(({ stuk, hier }) => {
    const client = stuk as Inhoud;
    const vanClient = codesVan(hier);
    const Prestatie = delen(client.Prestaties as Inhoud, `${hier}/Prestaties`).flatMap((deel) => {
      const codes = vanClient.length > 0 ? ['0233'] : codesVan(deel.hier);
      return codes.length > 0 ? [{ ...(deel.stuk as Inhoud), RetourCodes: retourCodes(codes) }] : [];
    });
    const RetourCodes = retourCodes(vanClient.length > 0 ? vanClient : ['0200']);
    return Prestatie.length > 0 ? [{ Bsn: client.Bsn, Prestaties: { Prestatie }, RetourCodes }] : [];
  });
  const over = som(inhoud.Declaratie as Inhoud) - som(Client);
  const totaal = { TotaalBedrag: String(over < 0n ? -over : over), DebetCredit: over < 0n ? 'C' : 'D' };
  return { ...heel, TotaalToegekendBedrag: totaal, Clienten: { Client }, RetourCodes: retourCodes(['0200']) };
}

/** The content of the answer. */
export function verwacht(geval: Geval): Lijsten {
  const fouten = geval.vondsten.filter(({ ernst }) => ernst === 'fout');
  const codesVan: CodesVan = (klasse) => [
    ...new Set(fouten.filter((fout) => fout.klasse === klasse).map(({ code }) => code)),
  ];
  const vanHeader = codesVan(HEADER);
  const retour = geval.soort.nummer !== '323';
  if (fouten.some(({ niveau }) => niveau === 2)) return alsLijsten({ Header: kop(geval, ['0001'], '1.0.0') });
  if (vanHeader.length > 0) return alsLijsten({ Header: kop(geval, vanHeader) });
  if (!retour) {
    const DeclaratieAntwoord = toegekend(geval, codesVan, fouten.length > 0);
    return alsLijsten({ Header: kop(geval, []), DeclaratieAntwoord });
  }
  if (fouten.length === 0) return alsLijsten({ Header: kop(geval, []) });
  const { Header, ...rest } = geval.inhoud;
  return alsLijsten({ ...volledig(geval, rest, '/Bericht', codesVan), Header: kop(geval, ['0200']) });
}
