/** A small world for the decisions: some organisations, a herindeling, and clients with every kind of right. */
import { beslis } from '#src/routering/beslissing.ts';
import { type Feiten, ordenFeiten, type Rijen, richtingVan } from '#src/routering/feiten.ts';
import type { Indiener } from '#src/routering/rechten.ts';
import { BERICHTSOORTEN, DOMEINEN } from '#src/standards/catalogus.ts';
import { soort } from '../hulp/berichten.ts';

export const ms = (tekst: string): number => Date.parse(tekst);
/** A day on which everything in this world that can be, is. */
export const NU = ms('2026-06-01T12:00:00+02:00');
const HERINDELING = ms('2026-01-01T00:00:00+01:00');
const RELEASE_BEGIN = ms('2023-04-01T00:00:00+02:00');

type Organisatierij = Rijen['organisaties'][number];

export const organisatie = (code: string, anders: Partial<Organisatierij> = {}): Organisatierij => ({
  code,
  soort: code.length === 4 ? 'gemeente' : code.length === 8 ? 'aanbieder' : 'ketenpartij',
  opvolger: null,
  vanaf: null,
  tot: null,
  deelname: DOMEINEN.map((domein) => ({ domein, vanaf: null, tot: null })),
  stuf: null,
  ...anders,
});

/** Everybody takes part in everything, and every berichtsoort has its window, unless said otherwise. */
export const rijen = (anders: Partial<Rijen> = {}): Rijen => ({
  organisaties: [
    organisatie('0001', { tot: HERINDELING, opvolger: '0002' }),
    organisatie('0002'),
    organisatie('0003'),
    organisatie('98000001'),
    organisatie('98000002', { deelname: [{ domein: 'iwmo', vanaf: null, tot: null }] }),
    organisatie('SVB'),
  ],
  machtigingen: [
    { client: 'leverancier', organisatie: '0003', domein: 'iwmo', vanaf: null, tot: null },
    { client: 'leverancier', organisatie: '98000001', domein: 'ijw', vanaf: null, tot: null },
    { client: 'leverancier', organisatie: '0002', domein: 'ijw', vanaf: null, tot: NU },
    { client: 'leverancier', organisatie: '0002', domein: 'iwmo', vanaf: NU + 1, tot: null },
    { client: 'regio', organisatie: '0002', domein: 'iwmo', vanaf: NU, tot: NU + 1 },
    { client: 'regio', organisatie: '0002', domein: 'ijw', vanaf: NU, tot: NU + 1 },
    { client: 'oud', organisatie: '0001', domein: 'iwmo', vanaf: null, tot: null },
  ],
  vensters: BERICHTSOORTEN.map((soort) => ({
    berichtsoort: soort.code,
    release: soort.release,
    richting: richtingVan(soort),
    vanaf: RELEASE_BEGIN,
    tot: null,
  })),
  bevriezingen: [],
  stops: [],
  ...anders,
});

export const feiten = (anders: Partial<Rijen> = {}): Feiten => ordenFeiten(rijen(anders));

export const client = (id: string, namens: readonly string[] = []): Indiener => ({ id, namens: new Set(namens) });

/** Who there are: nobody, those of one organisation, the operator of none, and those with machtigingen only. */
export const CLIENTS = {
  niemand: client('niemand'),
  gemeente: client('gemeente', ['0002']),
  gemeente3: client('gemeente3', ['0003']),
  aanbieder: client('aanbieder', ['98000001']),
  aanbieder2: client('aanbieder2', ['98000002']),
  svb: client('svb', ['SVB']),
  leverancier: client('leverancier'),
  regio: client('regio'),
  oud: client('oud'),
  oudeGemeente: client('oudeGemeente', ['0001']),
  vreemd: client('vreemd', ['9999', '99999999']),
} as const;
export type Clientnaam = keyof typeof CLIENTS;
export const CLIENTNAMEN = Object.keys(CLIENTS) as readonly Clientnaam[];

/**
 * By hand, for the moment NU: client → `organisation domein`. Everything that is not here is refused. 0001 ended, so who acts for its
 * successor acts for it.
 */
export const RECHTEN: Readonly<Record<Clientnaam, readonly string[]>> = {
  niemand: [],
  gemeente: ['0001 iwmo', '0001 ijw', '0002 iwmo', '0002 ijw'],
  gemeente3: ['0003 iwmo', '0003 ijw'],
  aanbieder: ['98000001 iwmo', '98000001 ijw'],
  aanbieder2: ['98000002 iwmo', '98000002 ijw'],
  svb: ['SVB iwmo', 'SVB ijw'],
  leverancier: ['0003 iwmo', '98000001 ijw'],
  regio: ['0001 iwmo', '0001 ijw', '0002 iwmo', '0002 ijw'],
  oud: ['0001 iwmo'],
  oudeGemeente: ['0001 iwmo', '0001 ijw'],
  vreemd: ['9999 iwmo', '9999 ijw', '99999999 iwmo', '99999999 ijw'],
};

export const G = '0003';
export const A = '98000001';
export const BEIDE = client('beide', ['0001', '0002', G, A, '98000002', 'SVB', '9999']);

/** What the rules say of a message between G and A, sent by who may act for everybody. */
export function oordeel(
  wereld: Feiten,
  code: string,
  moment = NU,
  anders: { afzender?: string; ontvanger?: string } = {},
) {
  const bericht = soort(code);
  const [afzender, ontvanger] = bericht.verzender === 'gemeente' ? [G, A] : [A, G];
  return beslis(wereld, { soort: bericht, afzender, ontvanger, indiener: BEIDE, ...anders }, moment);
}
export const uitkomst = (...deel: Parameters<typeof oordeel>): string => oordeel(...deel)?.soort ?? 'mag';

/** Nothing is taken from this organisation. */
export const gestopt = (organisatie: string): Rijen['stops'][number] => ({
  organisatie,
  aanlevering: true,
  bezorging: false,
  reden: 'proef',
  sinds: NU,
});

/** The rows with other windows for these berichtsoorten. */
export function vensters(
  anders: Readonly<Record<string, readonly (readonly [string | null, string | null])[]>>,
): Rijen['vensters'] {
  const over = rijen().vensters.filter(({ berichtsoort }) => !(berichtsoort in anders));
  return [
    ...over,
    ...Object.entries(anders).flatMap(([code, perioden]) =>
      perioden.map(([vanaf, tot]) => ({
        berichtsoort: code,
        release: '3.2',
        richting: richtingVan(soort(code)),
        vanaf: vanaf === null ? null : ms(vanaf),
        tot: tot === null ? null : ms(tot),
      })),
    ),
  ];
}
export const metOrganisaties = (...nieuw: readonly Rijen['organisaties'][number][]): Feiten =>
  feiten({
    organisaties: [...rijen().organisaties.filter(({ code }) => !nieuw.some((rij) => rij.code === code)), ...nieuw],
  });

export const BEGIN = ms('2026-03-25T17:00:00+01:00');
export const EINDE = ms('2026-03-30T08:00:00+02:00');
export const bevroren = (anders: Partial<Rijen['bevriezingen'][number]> = {}) => [
  { domein: null, berichtsoorten: null, vanaf: BEGIN, tot: EINDE, ...anders },
];
