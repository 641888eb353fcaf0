/** Lives for the rules in regels/toewijzing.ts. */
import { type Leven, PIET } from '../leven.ts';
import { aanvraag, declaratie, toewijzing, VERWIJDERD } from '../maak.ts';
import { type Geval, geval } from './geval.ts';

const PRODUCT = '/Bericht/Client/ToegewezenProducten/ToegewezenProduct';

const gedeclareerd = (leven: Leven): void => {
  leven.stuur('301', '2026-03-01', toewijzing());
  leven.beslis(leven.stuur('323', '2026-05-01', declaratie({})), 'toegekend');
};

export const TOEWIJZINGGEVALLEN: readonly Geval[] = [
  geval('TR332', '301 ToegewezenProduct ToewijzingNummer', {
    goed: (leven) => {
      leven.stuur('301', '2026-03-01', toewijzing());
      return leven.schouw('301', '2026-04-01', toewijzing({ nummer: '1002' }), { bsn: PIET });
    },
    fout: (leven) => {
      leven.stuur('301', '2026-03-01', toewijzing());
      return leven.schouw('301', '2026-04-01', toewijzing(), { bsn: PIET });
    },
    pad: `${PRODUCT}/ToewijzingNummer`,
    botst: [1],
  }),
  geval('TR379', '301 ToegewezenProduct ReferentieAanbieder', {
    goed: (leven) => {
      leven.stuur('315', '2026-02-01', aanvraag('VOT-1'));
      return leven.schouw('301', '2026-03-01', toewijzing({ kenmerk: 'VOT-1' }));
    },
    fout: (leven) => {
      leven.stuur('315', '2026-02-01', aanvraag('VOT-1'));
      return leven.schouw('301', '2026-03-01', toewijzing({ kenmerk: 'VOT-2' }));
    },
    pad: `${PRODUCT}/ReferentieAanbieder`,
    botst: [],
  }),
  geval('TR385', '301 ToegewezenProduct RedenWijziging', {
    goed: (leven) => {
      gedeclareerd(leven);
      leven.beslis(leven.stuur('323', '2026-05-10', declaratie({ kenmerk: 'P2', vorig: 'P1' })), 'toegekend');
      return leven.schouw('301', '2026-06-01', toewijzing(VERWIJDERD));
    },
    fout: (leven) => {
      gedeclareerd(leven);
      return leven.schouw('301', '2026-06-01', toewijzing(VERWIJDERD));
    },
    pad: `${PRODUCT}/RedenWijziging`,
    botst: [2],
  }),
];
