/** Lives for the rules in regels/wijziging.ts and overlap.ts. */
import { type Leven, type Oordeel, PIET } from '../leven.ts';
import { type Gevraagd, PRODUCT, type Toegewezen, toewijzing, wijziging } from '../maak.ts';
import { type Geval, geval } from './geval.ts';

const CLIENT = '/Bericht/Client';
const VERZOEK = `${CLIENT}/Verzoek`;
const ONGEWIJZIGD = `${VERZOEK}/OngewijzigdeProducten/OngewijzigdProduct`;
const TE_WIJZIGEN = `${VERZOEK}/TeWijzigenProducten/TeWijzigenProduct`;
const NIEUW = `${VERZOEK}/NieuweProducten/NieuwProduct`;

/** A request on 15 May, after one 301 of 1 March. */
const vraag =
  (gevraagd: Gevraagd, ...toegewezen: readonly Toegewezen[]) =>
  (leven: Leven): Oordeel => {
    leven.stuur('301', '2026-03-01', toewijzing(...toegewezen));
    return leven.schouw('317', '2026-05-15', wijziging(gevraagd));
  };

const ANDERE: Toegewezen = { nummer: '1002', product: 'ander' };
/** Ended before the request. */
const VOORBIJ: Toegewezen = { ...ANDERE, einde: '2026-04-30' };
const BUDGET: Toegewezen = { product: 'categorie', budget: '100000' };

export const WIJZIGINGGEVALLEN: readonly Geval[] = [
  geval('TR304', '317 Client Bsn', {
    goed: vraag({ gewijzigd: [{}] }),
    fout: (leven) => {
      leven.stuur('301', '2026-03-01', toewijzing());
      return leven.schouw('317', '2026-05-15', wijziging(), { bsn: PIET });
    },
    pad: `${CLIENT}/Bsn`,
    botst: [],
  }),
  geval('TR349', '317 Verzoek', {
    goed: vraag({ gewijzigd: [{}], ongewijzigd: ['1002'] }, {}, ANDERE),
    fout: vraag({ gewijzigd: [{}] }, {}, ANDERE),
    pad: VERZOEK,
    botst: [1],
  }),
  geval('TR350', '317 OngewijzigdProduct ToewijzingNummer', {
    goed: vraag({ gewijzigd: [{}], ongewijzigd: ['1002'] }, {}, ANDERE),
    fout: vraag({ gewijzigd: [{}], ongewijzigd: ['1002'] }, {}, VOORBIJ),
    pad: `${ONGEWIJZIGD}/ToewijzingNummer`,
    botst: [1],
  }),
  geval('TR351', '317 TeWijzigenProduct ToewijzingNummer', {
    goed: vraag({ gewijzigd: [{}, { nummer: '1002' }] }, {}, ANDERE),
    fout: vraag({ gewijzigd: [{}, { nummer: '1002' }] }, {}, VOORBIJ),
    pad: `${TE_WIJZIGEN}[2]/ToewijzingNummer`,
    botst: [1],
  }),
  geval('TR357', '317 TeWijzigenProduct GewensteIngangsdatum', {
    goed: vraag({ gewijzigd: [{ ingang: '2026-03-01' }] }),
    fout: vraag({ gewijzigd: [{ ingang: '2026-05-15' }] }),
    pad: `${TE_WIJZIGEN}/GewensteIngangsdatum`,
    botst: [1],
  }),
  geval('TR361', '317 OngewijzigdProduct', {
    goed: vraag(
      { ongewijzigd: ['1001'], gewijzigd: [{ nummer: '1002', ingang: '2026-05-20', einde: '2026-06-30' }] },
      { ingang: '2026-07-01' },
      { nummer: '1002', einde: '2026-06-30' },
    ),
    // What stays begins later than what is stretched until after it.
    fout: vraag(
      { ongewijzigd: ['1001'], gewijzigd: [{ nummer: '1002', ingang: '2026-05-20', einde: '2026-07-01' }] },
      { ingang: '2026-07-01' },
      { nummer: '1002', einde: '2026-06-30' },
    ),
    pad: ONGEWIJZIGD,
    botst: [1],
  }),
  geval('TR361', '317 TeWijzigenProduct', {
    goed: vraag(
      { gewijzigd: [{ einde: '2026-09-30' }, { nummer: '1002', ingang: '2026-10-01' }] },
      { einde: '2026-09-30' },
      { nummer: '1002', ingang: '2026-10-01' },
    ),
    fout: vraag(
      { gewijzigd: [{ einde: '2026-10-01' }, { nummer: '1002', ingang: '2026-10-01' }] },
      { einde: '2026-09-30' },
      { nummer: '1002', ingang: '2026-10-01' },
    ),
    pad: `${TE_WIJZIGEN}[2]`,
    botst: [1],
  }),
  ...(['iwmo', 'ijw'] as const).map((domein) =>
    geval('TR361', '317 NieuwProduct', {
      domein,
      goed: vraag({
        gewijzigd: [{ einde: '2026-09-30' }],
        nieuw: [{ product: PRODUCT[domein], ingang: '2026-10-01' }],
      }),
      fout: vraag({
        gewijzigd: [{ einde: '2026-10-01' }],
        nieuw: [{ product: PRODUCT[domein], ingang: '2026-10-01' }],
      }),
      pad: NIEUW,
      botst: [],
    }),
  ),
  geval('TR373', '317 TeWijzigenProduct GewensteIngangsdatum', {
    goed: vraag({ gewijzigd: [{ budget: '120000', ingang: '2026-03-01' }] }, BUDGET),
    fout: vraag({ gewijzigd: [{ budget: '120000', ingang: '2026-06-01' }] }, BUDGET),
    pad: `${TE_WIJZIGEN}/GewensteIngangsdatum`,
    botst: [1],
  }),
  geval('TR373', '317 TeWijzigenProduct GewensteIngangsdatum', {
    goed: vraag(
      { gewijzigd: [{ omvang: { volume: '120', frequentie: '6' }, ingang: '2026-03-01' }] },
      { omvang: { volume: '100', frequentie: '6' } },
    ),
    fout: vraag(
      { gewijzigd: [{ omvang: { volume: '120', frequentie: '6' }, ingang: '2026-06-01' }] },
      { omvang: { volume: '100', frequentie: '6' } },
    ),
    pad: `${TE_WIJZIGEN}/GewensteIngangsdatum`,
    botst: [1],
  }),
  geval('TR375', '317 TeWijzigenProduct Omvang', {
    goed: vraag({ gewijzigd: [{ budget: '120000', ingang: '2026-03-01' }] }, { product: 'geen' }),
    fout: vraag({ gewijzigd: [{ ingang: '2026-03-01' }] }, { product: 'geen' }),
    pad: `${TE_WIJZIGEN}/Omvang`,
    botst: [1],
  }),
  geval('TR411', '317 TeWijzigenProduct Omvang', {
    goed: vraag({ gewijzigd: [{}] }),
    fout: vraag({ gewijzigd: [{ omvang: null }] }),
    pad: TE_WIJZIGEN,
    botst: [1],
  }),
  geval('TR412', '317 TeWijzigenProduct Omvang', {
    goed: vraag({ gewijzigd: [{ budget: '120000', ingang: '2026-03-01' }] }, BUDGET),
    fout: vraag({ gewijzigd: [{ ingang: '2026-03-01' }] }, BUDGET),
    pad: `${TE_WIJZIGEN}/Omvang`,
    botst: [1],
  }),
];
