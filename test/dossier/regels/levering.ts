/** Lives for the rules in regels/levering.ts, start.ts and stop.ts. */
import { type Leven, PIET } from '../leven.ts';
import { start, stop, toewijzing } from '../maak.ts';
import { type Geval, geval } from './geval.ts';

const START = '/Bericht/Client/StartProducten/StartProduct';
const STOP = '/Bericht/Client/StopProducten/StopProduct';

const toegewezen = (leven: Leven): void => {
  leven.stuur('301', '2026-03-01', toewijzing());
};
/** Places: 1 the toewijzing, 2 the start. */
const gestart = (leven: Leven): void => {
  toegewezen(leven);
  leven.stuur('305', '2026-03-05', start());
};
/** Place 3: the stop. */
const tijdelijkGestopt = (leven: Leven): void => {
  gestart(leven);
  leven.stuur('307', '2026-05-05', stop({ reden: '20', einde: '2026-05-01' }));
};
const definitiefGestopt = (leven: Leven): void => {
  gestart(leven);
  leven.stuur('307', '2026-05-05', stop({ reden: '38', einde: '2026-05-01' }));
};

export const LEVERINGGEVALLEN: readonly Geval[] = [
  geval('TR019', '305 StartProduct ToewijzingNummer', {
    goed: (leven) => {
      toegewezen(leven);
      return leven.schouw('305', '2026-03-05', start());
    },
    fout: (leven) => {
      toegewezen(leven);
      return leven.schouw('305', '2026-03-05', start({ nummer: '1002' }));
    },
    pad: `${START}/ToewijzingNummer`,
    botst: [],
  }),
  geval('TR019', '307 StopProduct ToewijzingNummer', {
    goed: (leven) => {
      gestart(leven);
      return leven.schouw('307', '2026-05-05', stop());
    },
    // The start was on a toewijzing that its gemeente gave to somebody else.
    fout: (leven) => {
      leven.stuur('301', '2026-03-01', toewijzing(), { bsn: PIET });
      leven.stuur('305', '2026-03-05', start());
      return leven.schouw('307', '2026-05-05', stop());
    },
    pad: `${STOP}/ToewijzingNummer`,
    botst: [1],
  }),
  geval('TR063', '305 StartProduct StatusAanlevering', {
    goed: (leven) => {
      gestart(leven);
      return leven.schouw('305', '2026-03-10', start({ status: '3' }));
    },
    fout: (leven) => {
      gestart(leven);
      return leven.schouw('305', '2026-03-10', start({ status: '3', begin: '2026-03-03' }));
    },
    pad: `${START}/StatusAanlevering`,
    botst: [],
  }),
  geval('TR063', '307 StopProduct StatusAanlevering', {
    goed: (leven) => {
      definitiefGestopt(leven);
      return leven.schouw('307', '2026-05-10', stop({ status: '3' }));
    },
    // The reason belongs to the key of a stop.
    fout: (leven) => {
      definitiefGestopt(leven);
      return leven.schouw('307', '2026-05-10', stop({ status: '3', reden: '20' }));
    },
    pad: `${STOP}/StatusAanlevering`,
    botst: [],
  }),
  geval('TR071', '305 StartProduct StatusAanlevering', {
    goed: (leven) => {
      tijdelijkGestopt(leven);
      leven.stuur('307', '2026-05-06', stop({ reden: '20', einde: '2026-05-01', status: '3' }));
      return leven.schouw('305', '2026-05-07', start({ status: '3' }));
    },
    fout: (leven) => {
      tijdelijkGestopt(leven);
      return leven.schouw('305', '2026-05-07', start({ status: '3' }));
    },
    pad: `${START}/StatusAanlevering`,
    botst: [3],
  }),
  geval('TR074', '305 StartProduct', {
    goed: (leven) => {
      definitiefGestopt(leven);
      return leven.schouw('305', '2026-06-01', start({ begin: '2026-05-20' }));
    },
    // Stopped, so that it does not run any more; but the start of this day was sent.
    fout: (leven) => {
      definitiefGestopt(leven);
      return leven.schouw('305', '2026-06-01', start());
    },
    pad: START,
    botst: [2],
  }),
  geval('TR074', '307 StopProduct', {
    goed: (leven) => {
      definitiefGestopt(leven);
      leven.stuur('307', '2026-05-06', stop({ status: '3' }));
      return leven.schouw('307', '2026-05-10', stop());
    },
    fout: (leven) => {
      definitiefGestopt(leven);
      return leven.schouw('307', '2026-05-10', stop());
    },
    pad: STOP,
    botst: [3],
    // The reason belongs to the key, so what was sent before was a stop of the same kind.
    ook: ['TR415'],
  }),
  geval('TR326', '305 StartProduct', {
    goed: (leven) => {
      tijdelijkGestopt(leven);
      return leven.schouw('305', '2026-06-01', start({ begin: '2026-05-20' }));
    },
    fout: (leven) => {
      gestart(leven);
      return leven.schouw('305', '2026-06-01', start({ begin: '2026-05-20' }));
    },
    pad: START,
    botst: [2],
  }),
  geval('TR382', '307 StopProduct', {
    goed: (leven) => {
      gestart(leven);
      return leven.schouw('307', '2026-05-05', stop());
    },
    fout: (leven) => {
      gestart(leven);
      return leven.schouw('307', '2026-05-05', stop({ product: 'ander' }));
    },
    pad: STOP,
    botst: [],
  }),
  geval('TR413', '307 StopProduct RedenBeeindiging', {
    goed: (leven) => {
      tijdelijkGestopt(leven);
      return leven.schouw('307', '2026-06-01', stop({ einde: '2026-05-20' }));
    },
    fout: (leven) => {
      tijdelijkGestopt(leven);
      return leven.schouw('307', '2026-06-01', stop({ reden: '20', einde: '2026-05-20' }));
    },
    pad: `${STOP}/RedenBeeindiging`,
    botst: [3],
  }),
  geval('TR414', '307 StopProduct Einddatum', {
    goed: (leven) => {
      tijdelijkGestopt(leven);
      return leven.schouw('307', '2026-06-01', stop({ einde: '2026-05-01' }));
    },
    fout: (leven) => {
      tijdelijkGestopt(leven);
      return leven.schouw('307', '2026-06-01', stop({ einde: '2026-04-30' }));
    },
    pad: `${STOP}/Einddatum`,
    botst: [3],
  }),
  geval('TR415', '307 StopProduct RedenBeeindiging', {
    goed: (leven) => {
      definitiefGestopt(leven);
      leven.stuur('307', '2026-05-06', stop({ status: '3' }));
      return leven.schouw('307', '2026-06-01', stop({ einde: '2026-05-20' }));
    },
    fout: (leven) => {
      definitiefGestopt(leven);
      return leven.schouw('307', '2026-06-01', stop({ einde: '2026-05-20' }));
    },
    pad: `${STOP}/RedenBeeindiging`,
    botst: [3],
  }),
];
