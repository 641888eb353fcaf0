/** Breaks of the rules in gedeeld/declaratie.ts, and the declaraties that the tests of these rules and of the amounts are made of. */

import type { Klasse } from '#src/standards/structuren.ts';
import type { Bericht, Los } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';

export type Declaratiebericht = Bericht<'323'>;
type Prestatie = Los<Klasse<'323', 'Prestatie'>>;

/** What a test says of a prestatie; the rest is as in STANDAARD, with a ReferentieNummer and a ToewijzingNummer of its own. */
export interface Gegevens {
  readonly referentie?: string;
  readonly vorig?: string;
  readonly toewijzing?: string;
  readonly begin?: string;
  readonly einde?: string;
  readonly volume?: string;
  readonly eenheid?: string;
  /** Empty: no tariff. */
  readonly tarief?: string;
  readonly bedrag?: string;
  readonly dc?: 'D' | 'C';
}

const STANDAARD = {
  begin: '2026-02-01',
  einde: '2026-02-28',
  volume: '4',
  eenheid: '04',
  tarief: '2500',
  bedrag: '10000',
  dc: 'D',
} as const;

/** A category and a code that the XSD of this message knows. */
const product = (berichtcode: string): readonly [categorie: string, code: string] =>
  berichtcode === '484' || berichtcode === '485' ? ['02', '02A05'] : ['45', '45A04'];

/** @param nr makes it differ from the others in the message */
export function maakPrestatie(berichtcode: string, nr: number, eigen: Gegevens): Prestatie {
  const { begin, einde, volume, eenheid, tarief, bedrag, dc } = { ...STANDAARD, ...eigen };
  const [ProductCategorie, ProductCode] = product(berichtcode);
  return {
    ProductReferentie: {
      ReferentieNummer: eigen.referentie ?? `R${nr}`,
      VorigReferentieNummer: eigen.vorig,
    },
    ToewijzingNummer: eigen.toewijzing ?? String(1000 + nr),
    ProductCategorie,
    ProductCode,
    ProductPeriode: { Begindatum: begin, Einddatum: einde },
    GeleverdVolume: volume,
    Eenheid: eenheid,
    ProductTarief: tarief === '' ? undefined : tarief,
    IngediendBedrag: { Bedrag: bedrag, DebetCredit: dc },
  };
}

const BSN = '999900006';
const BSNS = [BSN, '999900018'];

/** Replaces the clients of a declaratie, each with these prestaties, and fills in the total. */
export function declareer(
  { Header, Declaratie }: Declaratiebericht,
  ...clienten: readonly (readonly Gegevens[])[]
): void {
  let nr = 0;
  Declaratie.Clienten.Client = clienten.map((prestaties, client) => ({
    Bsn: BSNS[client] ?? '',
    Prestaties: {
      Prestatie: prestaties.map((eigen) => {
        nr += 1;
        return maakPrestatie(Header.BerichtCode, nr, eigen);
      }),
    },
  }));
  const som = Declaratie.Clienten.Client.flatMap(({ Prestaties }) => Prestaties.Prestatie).reduce(
    (tot, { IngediendBedrag: { Bedrag, DebetCredit } }) =>
      DebetCredit === 'C' ? tot - Number(Bedrag) : tot + Number(Bedrag),
    0,
  );
  Declaratie.TotaalIngediendBedrag = { TotaalBedrag: String(Math.abs(som)), DebetCredit: som < 0 ? 'C' : 'D' };
}

/** Path of the prestatie when it is the only one of the only client. */
export const ENIGE = '/Bericht/Declaratie/Clienten/Client/Prestaties/Prestatie';
export const ENIGE_IN_ANTWOORD = '/Bericht/DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie';

type Antwoordbericht = Bericht<'325'>;
interface Antwoordgegevens {
  readonly ingediend: string;
  readonly toegekend: string;
  readonly codes?: readonly string[];
  /** Those that are rejected; none: no client. */
  readonly afgewezen?: readonly Gegevens[];
}

const totaal = (bedrag: string) => ({
  TotaalBedrag: bedrag.replace('-', ''),
  DebetCredit: bedrag.startsWith('-') ? 'C' : 'D',
});

/** Fills a declaratie-antwoord; a total with a minus is a credit. */
export function beantwoord({ Header, DeclaratieAntwoord }: Antwoordbericht, gegevens: Antwoordgegevens): void {
  const { ingediend, toegekend, codes = ['0200'], afgewezen = [] } = gegevens;
  if (!DeclaratieAntwoord) throw new Error('The example has no DeclaratieAntwoord.');
  DeclaratieAntwoord.TotaalIngediendBedrag = totaal(ingediend);
  DeclaratieAntwoord.TotaalToegekendBedrag = totaal(toegekend);
  DeclaratieAntwoord.RetourCodes = { RetourCode: [...codes] };
  const prestaties = afgewezen.map((eigen, nr) => ({
    ...maakPrestatie(Header.BerichtCode, nr + 1, eigen),
    RetourCodes: { RetourCode: ['9321'] },
  }));
  const client = { Bsn: BSN, Prestaties: { Prestatie: prestaties }, RetourCodes: { RetourCode: ['0200'] } };
  DeclaratieAntwoord.Clienten = prestaties.length > 0 ? { Client: [client] } : undefined;
}

/** Declares one prestatie like this. */
export const een =
  (eigen: Gegevens) =>
  (bericht: Declaratiebericht): void =>
    declareer(bericht, [eigen]);
/** Declares something else. */
export const anders =
  (...clienten: readonly (readonly Gegevens[])[]) =>
  (bericht: Declaratiebericht): void =>
    declareer(bericht, ...clienten);

const PRESTATIE = 'Clienten.Client.Prestaties.Prestatie';
const VORIG = `${PRESTATIE}.ProductReferentie.VorigReferentieNummer`;
/** A prestatie that is a credit for an earlier one. */
const credit = (vorig: string): Gegevens => ({ vorig, dc: 'C' });
const plaats = (client: number, prestatie: number, rest = ''): string =>
  `/Bericht/Declaratie/Clienten/Client[${client}]/Prestaties/Prestatie[${prestatie}]${rest}`;

const oud = (einde: string, declaratieDagtekening: string) => (bericht: Declaratiebericht) => {
  bericht.Declaratie.DeclaratieDagtekening = declaratieDagtekening;
  declareer(bericht, [{ begin: `${einde.slice(0, 8)}01`, einde }]);
};
const periode = (Begindatum: string, Einddatum: string) => (bericht: Declaratiebericht) => {
  bericht.Declaratie.DeclaratiePeriode = { Begindatum, Einddatum };
};

export const DECLARATIEBREUKEN: readonly Breuk[] = [
  breuk('CD060', '323', 'Prestatie', 'ProductReferentie.VorigReferentieNummer', {
    vooraf: een(credit('OUD-1')),
    breek: een({ dc: 'C' }),
    pad: `${ENIGE}/ProductReferentie`,
  }),
  breuk('CD060', '323', 'Prestatie', 'ProductReferentie.VorigReferentieNummer', {
    breek: een({ vorig: 'OUD-1' }),
    pad: `${ENIGE}/ProductReferentie/VorigReferentieNummer`,
  }),
  breuk('CD060', '325', 'Prestatie', 'ProductReferentie.VorigReferentieNummer', {
    vooraf: (bericht) => beantwoord(bericht, { ingediend: '0', toegekend: '10000', afgewezen: [credit('OUD-1')] }),
    breek: (bericht) => beantwoord(bericht, { ingediend: '0', toegekend: '10000', afgewezen: [{ dc: 'C' }] }),
    pad: `${ENIGE_IN_ANTWOORD}/ProductReferentie`,
  }),
  breuk('CD060', '325', 'Prestatie', 'ProductReferentie.VorigReferentieNummer', {
    vooraf: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '0', afgewezen: [{}] }),
    breek: (bericht) => beantwoord(bericht, { ingediend: '10000', toegekend: '0', afgewezen: [{ vorig: 'OUD-1' }] }),
    pad: `${ENIGE_IN_ANTWOORD}/ProductReferentie/VorigReferentieNummer`,
  }),
  breuk('CD087', '323', 'Prestatie', 'ProductTarief', { breek: een({ tarief: '' }), pad: ENIGE }),
  breuk('CD087', '323', 'Prestatie', 'ProductTarief', {
    vooraf: een({ eenheid: '83', volume: '10000', tarief: '' }),
    breek: een({ eenheid: '83', volume: '10000', tarief: '1' }),
    pad: `${ENIGE}/ProductTarief`,
  }),
  breuk('CS100', '323', 'Declaratie', 'DeclaratiePeriode', {
    vooraf: periode('2021-01-01', '2021-01-31'),
    breek: periode('2020-12-01', '2020-12-31'),
    pad: '/Bericht/Declaratie/DeclaratiePeriode',
  }),
  breuk('CS100', '323', 'Prestatie', 'ProductPeriode', {
    vooraf: oud('2021-01-31', '2025-12-31'),
    breek: oud('2020-12-31', '2025-12-31'),
    pad: `${ENIGE}/ProductPeriode`,
  }),
  breuk('CS337', '323', 'Prestatie', 'ProductPeriode', {
    vooraf: een({ begin: '2026-01-15', einde: '2026-01-31' }),
    breek: een({ begin: '2026-01-15', einde: '2026-02-01' }),
    pad: `${ENIGE}/ProductPeriode`,
  }),
  breuk('CS337', '323', 'Prestatie', 'ProductPeriode', {
    breek: een({ begin: '2025-02-01', einde: '2026-02-01' }),
    pad: `${ENIGE}/ProductPeriode`,
  }),
  ...[
    ['2026-02-01', '2026-02-27'],
    ['2026-02-02', '2026-02-28'],
    ['2024-02-01', '2024-02-28'],
    ['2026-01-01', '2026-02-28'],
    ['2025-01-01', '2026-01-31'],
  ].map(([begin = '', einde = '']) =>
    breuk('CS340', '323', 'Declaratie', 'DeclaratiePeriode', {
      vooraf: periode('2024-02-01', '2024-02-29'),
      breek: periode(begin, einde),
      pad: '/Bericht/Declaratie/DeclaratiePeriode',
    }),
  ),
  breuk('TR315', '323', 'Declaratie', VORIG, {
    vooraf: anders([{}, credit('OUD-1')], [{}, credit('OUD-2')]),
    breek: anders([{}, credit('OUD-1')], [{}, credit('OUD-1')]),
    pad: plaats(2, 2, '/ProductReferentie/VorigReferentieNummer'),
  }),
  breuk('TR316', '323', 'Declaratie', VORIG, {
    vooraf: anders([credit('OUD-1'), {}], [{}, { referentie: 'DEZE' }]),
    breek: anders([credit('DEZE'), {}], [{}, { referentie: 'DEZE' }]),
    pad: plaats(1, 1, '/ProductReferentie/VorigReferentieNummer'),
  }),
  // A credit is not a prestatie that was sent before either, not even the credit itself.
  breuk('TR316', '323', 'Declaratie', VORIG, {
    vooraf: een({ ...credit('OUD-1'), referentie: 'DEZE' }),
    breek: een({ ...credit('DEZE'), referentie: 'DEZE' }),
    pad: `${ENIGE}/ProductReferentie/VorigReferentieNummer`,
  }),
  // 29 February is in declaratie.test.ts: the first one five years after CS100 begins is in 2028, and TR135 refuses the future.
  breuk('TR335', '323', 'Declaratie', `${PRESTATIE}.ProductPeriode.Einddatum`, {
    vooraf: oud('2021-03-01', '2026-03-01'),
    breek: oud('2021-03-01', '2026-03-02'),
    pad: `${ENIGE}/ProductPeriode/Einddatum`,
  }),
  // The number counts by its value; a credit for an earlier prestatie leaves room for one debet, not for two.
  breuk('TR416', '323', 'Declaratie', PRESTATIE, {
    vooraf: anders([{}], [{ toewijzing: '7' }, { ...credit('OUD-1'), toewijzing: '7' }, { toewijzing: '8' }]),
    breek: anders([{}], [{ toewijzing: '7' }, { ...credit('OUD-1'), toewijzing: '7' }, { toewijzing: '007' }]),
    pad: plaats(2, 3),
  }),
  breuk('TR416', '323', 'Declaratie', PRESTATIE, {
    vooraf: anders([{}, { toewijzing: '7' }], [{ toewijzing: '8' }, {}]),
    breek: anders([{}, { toewijzing: '7' }], [{ toewijzing: '7' }, {}]),
    pad: plaats(2, 1),
    ernst: 'waarschuwing',
  }),
];
