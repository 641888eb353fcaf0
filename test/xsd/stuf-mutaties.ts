/**
 * Valid envelopes, and changes to them. The general mutation engine does what can be done to any message; here is what only an
 * envelope has: UUIDs, base64, a choice, an attribute, fixed codes, an element with any content, and xsi:type.
 */
import { XmlElement } from 'libxml2-wasm';
import { type Toeval, uuid } from '../hulp/toeval.ts';
import { type Knoop, kinderen, knoop, leesBoom, type Ruw } from './boom.ts';
import { type Aantal, bouw, minimaal, volledig, willekeurig } from './invuller.ts';
import { muteer } from './mutaties.ts';
import type { ElementModel, Enkelvoudig } from './schemamodel.ts';
import { metDocument } from './schemas.ts';
import type { StufElement } from './stuf-model.ts';
import { GGK, STUF } from './stuf-schemas.ts';
import { ALGEMEEN } from './waarden.ts';

const VOORBEELD_UUID = '9c0f7b90-5c69-41e5-a837-0800200c9a66';
const BASE64 = ['SGVlbmJlcmljaHQ=', '', 'AAAA', 'AA==', 'SGVlb\nmJlcm ljaHQ=\n'];
const TAKKEN = ['tekstBestand', 'xmlBestand'] as const;
export type Tak = (typeof TAKKEN)[number];

/** Values that an envelope may meet, right and wrong, besides those that any element may meet. */
export const ENVELOPWAARDEN: readonly string[] = [
  ...ALGEMEEN,
  // Berichtcodes of all of StUF.
  ...'Bv01 Bv02 Bv03 Bv04 Di01 Di02 Du01 Du02 Fo01 Fo02 Fo03 La01 Lk01 Lv01 Sa01 Sh01 Tr01'.split(' '),
  ...['Di01 ', ' Du01', 'Fo01\n', '\tBv03', 'fo01', 'FO03', 'F001', 'Di1', 'Fo010'],
  ...['client', 'server', 'Client', 'SERVER', 'client ', 'clients'],
  // UUIDs: version 4, other versions and variants, other ways of writing.
  VOORBEELD_UUID,
  ...['8', '9', 'a', 'b', '7', 'c', 'A'].map((variant) => VOORBEELD_UUID.replace('-a837', `-${variant}837`)),
  ...['1', '3', '5', '7', '0'].map((versie) => VOORBEELD_UUID.replace('-41e5', `-${versie}1e5`)),
  VOORBEELD_UUID.toUpperCase(),
  VOORBEELD_UUID.replaceAll('-', ''),
  VOORBEELD_UUID.replace('9c0f', '9g0f'),
  ...[' ', '\n', 'a', '-'].flatMap((teken) => [`${teken}${VOORBEELD_UUID}`, `${VOORBEELD_UUID}${teken}`]),
  ...[VOORBEELD_UUID.slice(1), VOORBEELD_UUID.slice(0, -1), `{${VOORBEELD_UUID}}`, `urn:uuid:${VOORBEELD_UUID}`],
  '00000000-0000-4000-8000-000000000000',
  'ffffffff-ffff-4fff-bfff-ffffffffffff',
  // Moments of every length, and what is not a digit in XSD.
  ...Array.from({ length: 20 }, (_, n) => '20260421132514123456'.slice(0, n)),
  ...['99999999', '00000000', '20260421T132514', '2026-04-21', '20260421132514+01', '２０２６０４２１', '٢٠٢٦٠٤٢١'],
  ...['0000', '0002', '002', '00002', '٠٠٠٢', '000a', ' 0002', '-001', '+002'],
  // Lengths, in characters that count for one in XSD and for two in UTF-16.
  ...[3, 4, 7, 30, 40, 50, 100, 200, 250, 255, 1000].flatMap((grens) =>
    [grens - 1, grens, grens + 1].flatMap((n) => [
      'a'.repeat(n),
      '😀'.repeat(n),
      ' '.repeat(n),
      `${' '.repeat(n - 1)}x`,
    ]),
  ),
  // Base64.
  ...BASE64,
  ...'A AA AAA AAAAA AAAAAA= A=== = ==== AAAA= AAAA== AAAA==== AA=A AB== AQ== Ag== Aw== AAB= AAE= AAI= A-_A A+/A'.split(
    ' ',
  ),
  ...['A A A A', 'A  A\tA\nA', ' AAAA', 'AAAA ', '\nAAAA\n', 'AA= =', 'AA =\n=', 'A\u00a0AAA', 'AAAA\u2028', 'AÀAA'],
  'QUJD'.repeat(5_000),
  `${'QUJD'.repeat(5_000)}=`,
  // File names.
  ...'a.csv a.xml a.x AanleveringQ1.csv ..... ---- ____ a/b.csv a\\b.csv a,b.csv bestand(1).csv é.csv a^b.c a`b.c'.split(
    ' ',
  ),
  ...[' a.csv', 'a.csv ', 'a b.csv', 'a.csv\n', 'con:x', '1234'],
];

/** The type as the engine knows it: values instead of a pattern where it could not think of one. */
function alsType(type: Enkelvoudig, vast: string | undefined): Enkelvoudig {
  const waarden = (lijst: readonly string[]): Enkelvoudig => ({
    ...type,
    basis: 'string',
    facetten: lijst.map((waarde) => ({ naam: 'enumeration', waarde })),
  });
  if (vast !== undefined) return waarden([vast]);
  if (type.basis === 'base64Binary') return waarden(BASE64);
  const isUuid = type.facetten.some(
    ({ naam, waarde }) => naam === 'pattern' && new RegExp(`^(?:${waarde})$`, 'u').test(VOORBEELD_UUID),
  );
  return isUuid ? waarden([VOORBEELD_UUID, 'ffffffff-ffff-4fff-bfff-ffffffffffff']) : type;
}

/**
 * The tree as the engine knows it: without attributes, and with the content of detailsXML empty.
 * @param tak which side of the choice; both are optional without it, which is what the engine may try
 */
function alsModel({ inhoud, vast, ...element }: StufElement, tak?: Tak): ElementModel {
  if (inhoud.soort === 'waarde') return { ...element, type: alsType(inhoud.type, vast) };
  const delen = inhoud.soort === 'wat dan ook' ? [] : inhoud.kinderen.map((kind) => alsModel(kind, tak));
  const gekozen =
    tak === undefined ? delen.map((deel) => ({ ...deel, min: 0 })) : delen.filter(({ naam }) => naam === tak);
  return { ...element, type: { soort: 'samengesteld', kinderen: inhoud.soort === 'keuze' ? gekozen : delen } };
}

function* alle(deel: Knoop): Generator<Knoop> {
  yield deel;
  for (const kind of kinderen(deel)) yield* alle(kind);
}
const genaamd = (wortel: Knoop, naam: string): Knoop[] => [...alle(wortel)].filter((deel) => deel.naam === naam);

/** A valid document of this kind. */
export function bouwEnvelop(model: StufElement, tak: Tak, aantal: Aantal, toeval: Toeval): Knoop {
  const wortel = bouw(alsModel(model, tak), aantal, toeval);
  for (const bestand of genaamd(wortel, 'tekstBestand')) bestand.attributen.bestandsnaam = 'AanleveringQ1.csv';
  return wortel;
}

/** Does the document offer this choice? Without one, the two sides would make the same document. */
export const takken = (model: StufElement): readonly Tak[] =>
  model.naam.startsWith('envelop') ? TAKKEN : TAKKEN.slice(0, 1);

/** Valid documents of one kind: the smallest, the fullest and some in between, with each side of the choice. */
export const geldigeDocumenten = (model: StufElement, toeval: Toeval): Knoop[] =>
  takken(model).flatMap((tak) =>
    [minimaal, volledig, ...Array.from({ length: 8 }, () => willekeurig(toeval))].map((aantal) =>
      bouwEnvelop(model, tak, aantal, toeval),
    ),
  );

/** The element at a path in a document. */
export function opPad(wortel: Knoop, pad: string): Knoop | undefined {
  return pad
    .split('/')
    .slice(2)
    .reduce<Knoop | undefined>((deel, naam) => deel && kinderen(deel).find((kind) => kind.naam === naam), wortel);
}

/** Reads a document with its attributes. */
export function leesEnvelopBoom(xml: Uint8Array): Knoop {
  const wortel = leesBoom(xml);
  const attributen = metDocument(xml, ({ root }) =>
    root
      .find('//*')
      .map((deel) => (deel instanceof XmlElement ? deel.attrs.map(({ name, value }) => [name, value]) : [])),
  );
  for (const [i, deel] of [...alle(wortel)].entries()) deel.attributen = Object.fromEntries(attributen[i] ?? []);
  return wortel;
}

/** What may stand in detailsXML, and what may not. */
const DETAILS: readonly (Knoop | Ruw | string)[] = [
  knoop('root', ''),
  knoop('bevinding', 'urn:x', ['tekst', knoop('diep', 'urn:y', ['x'])]),
  knoop('Bv03Bericht', STUF, ['geen stuurgegevens']),
  knoop('envelopHeenbericht-ggk_Di01', GGK),
  knoop('schema', 'http://www.w3.org/2001/XMLSchema', [knoop('onzin', '')]),
  { ...knoop('x', 'urn:x'), attributen: { a: '1', 'xsi:nil': 'true', 'xsi:type': 'nergens' } },
  { ruw: '<!-- los -->' },
  { ruw: '<?los?>' },
  { ruw: '<![CDATA[ ]]>' },
  { ruw: '<![CDATA[x]]>' },
  '\n  ',
  'tekst',
];

interface Omgeving {
  readonly toeval: Toeval;
  /** Other valid documents, to take parts from. */
  readonly anderen: readonly Knoop[];
  /** Names of types, for xsi:type. */
  readonly typen: readonly string[];
}

/** Each mutation changes the document in place, or does nothing when it offers no place. */
const ENVELOPMUTATIES: Readonly<Record<string, (wortel: Knoop, omgeving: Omgeving) => void>> = {
  envelopwaarde(wortel, { toeval }) {
    const bladen = [...alle(wortel)].filter((deel) => kinderen(deel).length === 0);
    toeval.kies(bladen).inhoud = [toeval.kies(ENVELOPWAARDEN)];
  },
  gesplitst(wortel, { toeval }) {
    const bladen = [...alle(wortel)].filter(({ inhoud }) => typeof inhoud[0] === 'string' && [...inhoud[0]].length > 1);
    if (bladen.length === 0) return;
    const blad = toeval.kies(bladen);
    const tekens = [...String(blad.inhoud[0])];
    const midden = toeval.geheel(1, tekens.length - 1);
    blad.inhoud = [
      tekens.slice(0, midden).join(''),
      { ruw: toeval.kies(['<!-- -->', '<?x?>', '<![CDATA[]]>']) },
      tekens.slice(midden).join(''),
    ];
  },
  uuid(wortel, { toeval }) {
    const nummers = [...genaamd(wortel, 'referentienummer'), ...genaamd(wortel, 'crossRefnummer')];
    if (nummers.length > 0) toeval.kies(nummers).inhoud = [uuid(toeval)];
  },
  base64(wortel, { toeval }) {
    const bestanden = [...genaamd(wortel, 'xmlBestand'), ...genaamd(wortel, 'tekstBestand')];
    if (bestanden.length === 0) return;
    const tekst = toeval.bytes(toeval.geheel(0, 200)).toString('base64');
    const plaats = toeval.geheel(0, tekst.length);
    const ruis = toeval.kies(['', '', '\n', '\r\n', '=', '-', 'A', '&', '\u00a0']);
    toeval.kies(bestanden).inhoud = [tekst.slice(0, plaats) + ruis + tekst.slice(plaats)];
  },
  anderBestand(wortel, { toeval }) {
    for (const bestand of [...genaamd(wortel, 'xmlBestand'), ...genaamd(wortel, 'tekstBestand')]) {
      bestand.naam = toeval.kies(['tekstBestand', 'xmlBestand', 'bestand']);
      if (toeval.kans(0.5)) bestand.attributen = bestand.naam === 'tekstBestand' ? { bestandsnaam: 'a.csv' } : {};
    }
  },
  bestandsnaam(wortel, { toeval }) {
    const waarde = toeval.kies(ENVELOPWAARDEN);
    const overal = [...alle(wortel)];
    const bestanden = genaamd(wortel, 'tekstBestand');
    const plek = bestanden.length > 0 && toeval.kans(0.8) ? toeval.kies(bestanden) : toeval.kies(overal);
    plek.attributen = toeval.kies<Record<string, string>>([
      {},
      { bestandsnaam: waarde },
      { bestandsnaam: 'a.csv', extra: 'x' },
      { 'xmlns:q': STUF, 'q:bestandsnaam': 'a.csv' },
      { Bestandsnaam: 'a.csv' },
    ]);
  },
  details(wortel, { toeval }) {
    for (const details of genaamd(wortel, 'detailsXML'))
      details.inhoud = structuredClone(
        Array.from({ length: toeval.geheel(0, 4) }, () =>
          toeval.kies(DETAILS.slice(0, toeval.kans(0.6) ? 8 : undefined)),
        ),
      );
  },
  deelVanAnder(wortel, { toeval, anderen }) {
    const bron = [...alle(toeval.kies(anderen))].slice(1);
    const doelen = [...alle(wortel)].filter((deel) => kinderen(deel).length > 0);
    if (doelen.length === 0) return;
    const stuk = structuredClone(toeval.kies(bron));
    const doel = toeval.kies(doelen);
    const plaats = doel.inhoud.findIndex(
      (deel) => typeof deel === 'object' && 'naam' in deel && deel.naam === stuk.naam,
    );
    if (plaats >= 0) doel.inhoud[plaats] = stuk;
    else doel.inhoud.splice(toeval.geheel(0, doel.inhoud.length), 0, stuk);
  },
  andereWortel(wortel, { toeval, anderen }) {
    const { naam, namespace } = toeval.kies(anderen);
    wortel.naam = naam;
    if (toeval.kans(0.8)) wortel.namespace = namespace;
  },
  type(wortel, { toeval, typen }) {
    const plek = toeval.kies([...alle(wortel)]);
    plek.attributen = {
      ...plek.attributen,
      'xmlns:s': toeval.kans(0.8) ? STUF : GGK,
      'xsi:type': `s:${toeval.kies(typen)}`,
    };
  },
};
const NAMEN = Object.keys(ENVELOPMUTATIES);

/** One to three mutations on a copy of the document, from the general engine and from the list above. */
export function muteerEnvelop(
  oorsprong: Knoop,
  model: StufElement,
  omgeving: Omgeving,
): { wortel: Knoop; mutaties: string[] } {
  const { toeval } = omgeving;
  const algemeen = toeval.kans(0.5) ? muteer(oorsprong, alsModel(model), toeval) : undefined;
  const wortel = algemeen?.wortel ?? structuredClone(oorsprong);
  const eigen =
    algemeen && toeval.kans(0.7) ? [] : Array.from({ length: toeval.kies([1, 1, 2]) }, () => toeval.kies(NAMEN));
  for (const naam of eigen) ENVELOPMUTATIES[naam]?.(wortel, omgeving);
  return { wortel, mutaties: [...(algemeen?.mutaties ?? []), ...eigen] };
}
