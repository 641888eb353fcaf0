/** Lives for the rules on a declaratie and its prestaties: regels/declaratie.ts, prestatie.ts, prestatie-toewijzing.ts and volume.ts. */
import { declareer, type Kop, type Post } from '../declareer.ts';
import { type Leven, type Oordeel, PIET } from '../leven.ts';
import { ANDER_PRODUCT, type Toegewezen, toewijzing, VERWIJDERD } from '../maak.ts';
import { type Geval, geval } from './geval.ts';

/** Path of the prestatie when it is the only one. */
export const ENIGE = '/Bericht/Declaratie/Clienten/Client/Prestaties/Prestatie';
const APRIL = { begin: '2026-04-01', einde: '2026-04-30' } as const;
const DAG = '2026-06-10';

/** Place 1: the toewijzing, 3 hours a week from March up to and including December. */
export const toegewezen = (leven: Leven, ...gegevens: readonly Toegewezen[]): void => {
  leven.stuur('301', '2026-03-01', toewijzing(...gegevens));
};
/** An earlier declaratie, which is granted. @returns its place */
export function eerder(leven: Leven, posten: readonly Post[], kop: Kop = {}): number {
  const plek = leven.stuur('323', '2026-06-03', declareer(posten, kop));
  leven.beslis(plek, 'toegekend');
  return plek;
}
/** Declares in a life with one toewijzing. */
const een =
  (post: Post, gegevens: Toegewezen = {}, kop: Kop = {}) =>
  (leven: Leven): Oordeel => {
    toegewezen(leven, gegevens);
    return leven.schouw('323', DAG, declareer([post], kop));
  };
/** Declares after another declaratie was granted. */
const na =
  (eerste: readonly Post[], daarna: readonly Post[], gegevens: Toegewezen = {}) =>
  (leven: Leven): Oordeel => {
    toegewezen(leven, gegevens);
    eerder(leven, eerste);
    return leven.schouw('323', DAG, declareer(daarna));
  };
const TWEEDE = { kenmerk: 'P2' } as const;
/** A toewijzing that says nothing about volume. */
const BUDGET = { product: 'geen', budget: '5000000' } as const;
const euro = (volume: number, post: Post = {}): Post => ({ eenheid: '83', volume, ...post });

export const DECLARATIEGEVALLEN: readonly Geval[] = [
  geval('TR333', '323 Declaratie DeclaratieNummer', {
    goed: (leven) => {
      toegewezen(leven);
      eerder(leven, [APRIL], { nummer: 'D1' });
      return leven.schouw('323', DAG, declareer([TWEEDE], { nummer: 'D2' }));
    },
    fout: (leven) => {
      toegewezen(leven);
      eerder(leven, [APRIL], { nummer: 'D1' });
      return leven.schouw('323', DAG, declareer([TWEEDE], { nummer: 'D1' }));
    },
    pad: '/Bericht/Declaratie/DeclaratieNummer',
    botst: [2],
  }),
  geval('TR318', '323 Declaratie DeclaratiePeriode', {
    // The same month once more, for what was forgotten.
    goed: na([APRIL], [TWEEDE]),
    fout: (leven) => {
      toegewezen(leven);
      eerder(leven, [{}]);
      return leven.schouw('323', DAG, declareer([{ ...TWEEDE, ...APRIL }], { periode: ['2026-04-01', '2026-04-30'] }));
    },
    pad: '/Bericht/Declaratie/DeclaratiePeriode',
    botst: [2],
  }),
  geval('TR304', '323 Client Bsn', {
    goed: een({}),
    fout: een({ bsn: PIET }),
    pad: '/Bericht/Declaratie/Clienten/Client/Bsn',
    botst: [],
  }),
  geval('TR314', '323 Prestatie ProductReferentie.ReferentieNummer', {
    goed: na([APRIL], [TWEEDE]),
    fout: na([APRIL], [{}]),
    pad: `${ENIGE}/ProductReferentie/ReferentieNummer`,
    botst: [2],
  }),
  geval('TR319', '323 Prestatie ProductPeriode', {
    goed: een(APRIL, {}, { periode: ['2026-04-01', '2026-04-30'] }),
    fout: een({}, {}, { periode: ['2026-04-01', '2026-04-30'] }),
    pad: `${ENIGE}/ProductPeriode`,
    botst: [],
  }),
  geval('TR323', '323 Prestatie ProductReferentie.VorigReferentieNummer', {
    goed: na([{}], [{ kenmerk: 'C1', vorig: 'P1' }]),
    // Its answer has not come.
    fout: (leven) => {
      toegewezen(leven);
      leven.stuur('323', '2026-06-03', declareer([{}]));
      return leven.schouw('323', DAG, declareer([{ kenmerk: 'C1', vorig: 'P1' }]));
    },
    pad: `${ENIGE}/ProductReferentie/VorigReferentieNummer`,
    botst: [2],
  }),
  geval('TR390', '323 Prestatie IngediendBedrag.DebetCredit', {
    goed: (leven) => {
      toegewezen(leven);
      eerder(leven, [{}, { ...APRIL, kenmerk: 'P2' }]);
      eerder(leven, [{ kenmerk: 'C1', vorig: 'P1' }]);
      return leven.schouw('323', DAG, declareer([{ ...APRIL, kenmerk: 'C2', vorig: 'P2' }]));
    },
    fout: (leven) => {
      toegewezen(leven);
      eerder(leven, [{}]);
      eerder(leven, [{ kenmerk: 'C1', vorig: 'P1' }]);
      return leven.schouw('323', DAG, declareer([{ kenmerk: 'C2', vorig: 'P1' }]));
    },
    pad: `${ENIGE}/IngediendBedrag/DebetCredit`,
    botst: [3],
  }),
  geval('TR389', '323 Prestatie IngediendBedrag.DebetCredit', {
    // First taken back, then declared again.
    goed: na([{}], [{ kenmerk: 'C1', vorig: 'P1' }, TWEEDE]),
    fout: na([{}], [TWEEDE]),
    pad: `${ENIGE}/IngediendBedrag/DebetCredit`,
    botst: [2],
  }),
  geval('TR338', '323 Prestatie ToewijzingNummer', {
    goed: een({ toewijzing: '0001001' }),
    fout: een({ toewijzing: '1002' }),
    pad: `${ENIGE}/ToewijzingNummer`,
    botst: [],
  }),
  geval('TR384', '323 Prestatie ToewijzingNummer', {
    goed: een({}),
    fout: (leven) => {
      toegewezen(leven);
      leven.stuur('301', '2026-03-04', toewijzing(VERWIJDERD));
      return leven.schouw('323', DAG, declareer([{}]));
    },
    pad: `${ENIGE}/ToewijzingNummer`,
    botst: [2],
  }),
  geval('TR307', '323 Prestatie ProductPeriode.Begindatum', {
    goed: een(euro(100), { ...BUDGET, ingang: '2026-05-01' }),
    fout: een(euro(100), { ...BUDGET, ingang: '2026-06-01' }),
    pad: `${ENIGE}/ProductPeriode/Begindatum`,
    botst: [1],
  }),
  geval('TR308', '323 Prestatie ProductPeriode.Einddatum', {
    goed: een(euro(100), { ...BUDGET, einde: '2026-05-31' }),
    fout: een(euro(100), { ...BUDGET, einde: '2026-04-30' }),
    pad: `${ENIGE}/ProductPeriode/Einddatum`,
    botst: [1],
  }),
  geval('TR339', '323 Prestatie ProductCategorie', {
    goed: een(euro(100), { product: 'categorie' }),
    fout: (leven) => {
      toegewezen(leven, { product: 'categorie' });
      return leven.schouw('323', DAG, declareer([euro(100, { product: ANDER_PRODUCT[leven.domein] })]));
    },
    pad: `${ENIGE}/ProductCategorie`,
    botst: [1],
  }),
  geval('TR340', '323 Prestatie ProductCode', {
    goed: een({}),
    fout: (leven) => {
      toegewezen(leven);
      const product = leven.domein === 'iwmo' ? { categorie: '02', code: '02A06' } : { categorie: '45', code: '45A05' };
      return leven.schouw('323', DAG, declareer([{ product }]));
    },
    pad: `${ENIGE}/ProductCode`,
    botst: [1],
  }),
  geval('TR341', '323 Prestatie Eenheid', {
    goed: een({ eenheid: '01', volume: 900, tarief: 100 }),
    fout: een({ eenheid: '16', volume: 1 }),
    pad: `${ENIGE}/Eenheid`,
    botst: [1],
  }),
  geval('TR387', '323 Prestatie ProductPeriode.Begindatum', {
    goed: een({ begin: '2026-05-11', volume: 9 }, { ingang: '2026-05-11' }),
    fout: een({ begin: '2026-05-11', volume: 9 }),
    pad: `${ENIGE}/ProductPeriode/Begindatum`,
    botst: [1],
  }),
  geval('TR388', '323 Prestatie ProductPeriode.Einddatum', {
    goed: een({ einde: '2026-05-17', volume: 9 }, { einde: '2026-05-17' }),
    fout: een({ einde: '2026-05-17', volume: 9 }),
    pad: `${ENIGE}/ProductPeriode/Einddatum`,
    botst: [1],
  }),
  // May 2026 has days in five weeks.
  geval('TR321', '323 Prestatie GeleverdVolume', {
    goed: een({ volume: 15 }),
    fout: een({ volume: 19 }),
    pad: `${ENIGE}/GeleverdVolume`,
    botst: [1],
  }),
  // 6 April up to and including 31 May is eight weeks: 24 hours.
  geval('TR322', '323 Prestatie GeleverdVolume', {
    goed: na([{ ...APRIL, begin: '2026-04-06', volume: 12 }], [{ ...TWEEDE, volume: 12 }], {
      ingang: '2026-04-06',
      einde: '2026-05-31',
    }),
    fout: na([{ ...APRIL, begin: '2026-04-06', volume: 12 }], [{ ...TWEEDE, volume: 13 }], {
      ingang: '2026-04-06',
      einde: '2026-05-31',
    }),
    pad: `${ENIGE}/GeleverdVolume`,
    botst: [1, 2],
  }),
  geval('TR369', '323 Prestatie GeleverdVolume', {
    goed: na([euro(60_000, APRIL)], [euro(40_000, TWEEDE)], { product: 'geen', budget: '100000' }),
    fout: na([euro(60_000, APRIL)], [euro(40_001, TWEEDE)], { product: 'geen', budget: '100000' }),
    pad: `${ENIGE}/GeleverdVolume`,
    botst: [1, 2],
  }),
  geval('TR418', '323 Prestatie ProductTarief', {
    goed: (leven) => metTarief(leven, { tarief: 5000 }),
    fout: (leven) => metTarief(leven, { tarief: 5001 }),
    pad: `${ENIGE}/ProductTarief`,
    botst: [],
  }),
  // 55 euro an hour is 91,67 cents a minute, and 91,67 euro for a hundred minutes.
  geval('TR346', '323 Prestatie IngediendBedrag', {
    goed: (leven) => metTarief(leven, { eenheid: '01', volume: 100, tarief: 92, bedrag: 9167 }, 5500),
    fout: (leven) => metTarief(leven, { eenheid: '01', volume: 100, tarief: 92, bedrag: 9200 }, 5500),
    pad: `${ENIGE}/IngediendBedrag`,
    botst: [],
  }),
];

/** Declares to a gemeente that agreed on one hourly tariff. */
function metTarief(leven: Leven, post: Post, uurtarief = 5000): Oordeel {
  toegewezen(leven);
  const tarievenOp = (_code: string, eenheid: string): readonly number[] => (eenheid === '04' ? [uurtarief] : []);
  return leven.schouw('323', DAG, declareer([post]), { anders: { tarieven: { tarievenOp } } });
}
