/**
 * Composes the answers that the switch gives for a receiver: a retour (IV028) or a declaratie-antwoord (IV087).
 * This room holds no I/O: message in, message out. Order and presence of elements come from the XSD of the answer.
 */
import { afgeleideIdentificatie } from '../identiteit.ts';
import { type Berichtsoort, basisNamespace, berichtsoortVanCode } from '../standards/catalogus.ts';
import type { Delen } from '../standards/controle.ts';
import { datum } from '../tijd.ts';
import { blad, type Element, tak } from '../xml/boom.ts';
import { schemamodel } from '../xml/schemamodel.ts';
import { schrijfXml } from '../xml/schrijver.ts';

export interface Antwoord {
  readonly soort: Berichtsoort;
  /** BerichtIdentificatie or IdentificatieRetour. */
  readonly identificatie: string;
  readonly bytes: Buffer;
}

/** What an answer is made of, by element name; the XSD says which of them appear and in which order. */
type Bouwstenen = Readonly<Record<string, readonly Element[]>>;

/** The code of IV087 and IV028 for "checked, nothing to remark". */
const GEEN_OPMERKINGEN = '0200';
/** The code of IV087 for a declaratie that is granted as submitted. */
const TOEGEKEND = '8001';

function vul(soort: Berichtsoort, type: string, bouwstenen: Bouwstenen): readonly Element[] {
  const volgorde = schemamodel(soort.xsd).typen.get(type);
  if (!volgorde) throw new Error(`${soort.xsd} has no type ${type}`);
  return volgorde.flatMap(({ naam, verplicht }) => {
    const delen = bouwstenen[naam] ?? [];
    if (verplicht && delen.length === 0) throw new Error(`nothing to fill ${soort.code}/${type}/${naam} with`);
    return delen;
  });
}

function document(soort: Berichtsoort, delen: readonly Element[]): Buffer {
  const voorvoegsels = new Map([
    [basisNamespace(soort), soort.domein],
    [soort.namespace, soort.code.toLowerCase()],
  ]);
  return schrijfXml(tak('Bericht', soort.namespace, delen), voorvoegsels);
}

/** The elements of the heen header, moved to the namespace of the answer; content unchanged (IV028). */
function overgenomen(header: Element, soort: Berichtsoort): Bouwstenen {
  return Object.fromEntries(
    header.kinderen.map((element) => [
      element.naam,
      [{ ...element, namespace: element.namespace === header.namespace ? soort.namespace : element.namespace }],
    ]),
  );
}

function xsdVersie(naam: string, soort: Berichtsoort): Element {
  const basis = basisNamespace(soort);
  const basisXsd = `${soort.xsd.slice(0, soort.xsd.lastIndexOf('/'))}/basisschema.xsd`;
  return tak(naam, soort.namespace, [
    blad('BasisschemaXsdVersie', basis, schemamodel(basisXsd).versie),
    blad('BerichtXsdVersie', basis, schemamodel(soort.xsd).versie),
  ]);
}

const retourcodes = (soort: Berichtsoort, ...codes: readonly string[]): Element =>
  tak(
    'RetourCodes',
    soort.namespace,
    codes.map((code) => blad('RetourCode', soort.namespace, code)),
  );

/** Header-only retour: the heen header with the code of the retour and its own identification, without retour codes (IV028). */
function goedgekeurdeRetour(
  { header }: Delen,
  soort: Berichtsoort,
  identificatie: string,
  dagtekening: string,
): Buffer {
  const bouwstenen = {
    ...overgenomen(header, soort),
    BerichtCode: [blad('BerichtCode', soort.namespace, soort.berichtcode)],
    IdentificatieRetour: [blad('IdentificatieRetour', soort.namespace, identificatie)],
    DagtekeningRetour: [blad('DagtekeningRetour', soort.namespace, dagtekening)],
    XsdVersieRetour: [xsdVersie('XsdVersieRetour', soort)],
  };
  return document(soort, [tak('Header', soort.namespace, vul(soort, 'Header', bouwstenen))]);
}

/** Declaratie-antwoord that grants the whole declaratie: header 0200, DeclaratieAntwoord 8001, both totals equal (IV087). */
function toegekendeDeclaratie(delen: Delen, soort: Berichtsoort, identificatie: string, dagtekening: string): Buffer {
  const { header, declaratie } = delen;
  if (!declaratie) throw new Error('a valid 323 has a Declaratie');
  const basis = basisNamespace(soort);
  const heen = overgenomen(header, soort);
  const hernoemd = (naam: string, als: string): readonly Element[] =>
    (heen[naam] ?? []).map((element) => ({ ...element, naam: als }));
  const kop = vul(soort, 'Header', {
    ...heen,
    BerichtCode: [blad('BerichtCode', soort.namespace, soort.berichtcode)],
    // A message of its own: the gemeente is the sender, and the identification is the answer's.
    Afzender: hernoemd('Ontvanger', 'Afzender'),
    Ontvanger: hernoemd('Afzender', 'Ontvanger'),
    BerichtIdentificatie: [
      tak('BerichtIdentificatie', soort.namespace, [
        blad('Identificatie', basis, identificatie),
        blad('Dagtekening', basis, dagtekening),
      ]),
    ],
    XsdVersie: [xsdVersie('XsdVersie', soort)],
    DeclaratieIdentificatie: hernoemd('BerichtIdentificatie', 'DeclaratieIdentificatie'),
    XsdVersieDeclaratie: hernoemd('XsdVersie', 'XsdVersieDeclaratie'),
    RetourCodes: [retourcodes(soort, GEEN_OPMERKINGEN)],
  });
  const regels = overgenomen(declaratie, soort);
  const totaal = regels.TotaalIngediendBedrag ?? [];
  const antwoord = vul(soort, 'DeclaratieAntwoord', {
    ...regels,
    Clienten: [],
    TotaalToegekendBedrag: totaal.map((element) => ({ ...element, naam: 'TotaalToegekendBedrag' })),
    RetourCodes: [retourcodes(soort, TOEGEKEND)],
  });
  return document(soort, [tak('Header', soort.namespace, kop), tak('DeclaratieAntwoord', soort.namespace, antwoord)]);
}

/**
 * The answer that approves a message in full.
 * @param heen soort of the message
 * @param delen its header and declaratie, see controleer
 * @param heenId id of the message; the identification of the answer is derived from it, so a second run gives the same
 * @param moment when the answer is given; its dagtekening is that date in the Netherlands
 * @returns the answer, or undefined for a soort that is not answered (a retour, a 325)
 */
export function goedkeuring(heen: Berichtsoort, delen: Delen, heenId: string, moment: Date): Antwoord | undefined {
  const soort = heen.antwoord === null ? undefined : berichtsoortVanCode(heen.antwoord);
  if (!soort) return undefined;
  const identificatie = afgeleideIdentificatie(soort.code, heenId);
  const maak = soort.aard === 'antwoord' ? toegekendeDeclaratie : goedgekeurdeRetour;
  return { soort, identificatie, bytes: maak(delen, soort, identificatie, datum(moment)) };
}
