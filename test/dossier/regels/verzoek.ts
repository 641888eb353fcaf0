/** Lives for the rules in regels/verzoek.ts and antwoord.ts. */
import { type Leven, PIET } from '../leven.ts';
import { AFGEWEZEN, aanvraag, antwoord, IN_ONDERZOEK, toewijzing, wijziging } from '../maak.ts';
import { type Geval, geval } from './geval.ts';

const VERZOEK = '/Bericht/Client/Verzoek';
const ANTWOORD = '/Bericht/Antwoord';

/** Places: 1 the request. */
const gevraagd = (leven: Leven): void => {
  leven.stuur('315', '2026-02-01', aanvraag('VOT-1'));
};
/** Place 2: turned down. */
const afgewezen = (leven: Leven): void => {
  gevraagd(leven);
  leven.stuur('319', '2026-02-10', antwoord('VOT-1', AFGEWEZEN));
};
/** Places: 1 and 2 the toewijzing and the request of somebody else. */
const gevraagdVoorPiet = (leven: Leven): void => {
  leven.stuur('301', '2026-01-15', toewijzing());
  leven.stuur('315', '2026-02-01', aanvraag('VOT-1'), { bsn: PIET });
};

export const VERZOEKGEVALLEN: readonly Geval[] = [
  geval('TR347', '315 AangevraagdProduct ReferentieAanbieder', {
    goed: (leven) => {
      afgewezen(leven);
      return leven.schouw('315', '2026-03-01', aanvraag('VOT-2'));
    },
    fout: (leven) => {
      afgewezen(leven);
      return leven.schouw('315', '2026-03-01', aanvraag('VOT-1'));
    },
    pad: '/Bericht/Client/AangevraagdeProducten/AangevraagdProduct/ReferentieAanbieder',
    botst: [1],
  }),
  geval('TR347', '317 Verzoek ReferentieAanbieder', {
    goed: (leven) => {
      gevraagdVoorPiet(leven);
      return leven.schouw('317', '2026-03-01', wijziging());
    },
    fout: (leven) => {
      gevraagdVoorPiet(leven);
      return leven.schouw('317', '2026-03-01', wijziging({ kenmerk: 'VOT-1', gewijzigd: [{}] }));
    },
    pad: `${VERZOEK}/ReferentieAanbieder`,
    botst: [2],
  }),
  geval('TR374', '315 Client', {
    goed: (leven) => {
      afgewezen(leven);
      return leven.schouw('315', '2026-03-01', aanvraag('VOT-2'));
    },
    fout: (leven) => {
      gevraagd(leven);
      return leven.schouw('315', '2026-03-01', aanvraag('VOT-2'));
    },
    pad: '/Bericht/Client',
    botst: [1],
  }),
  geval('TR374', '317 Verzoek', {
    goed: (leven) => {
      gevraagd(leven);
      leven.stuur('301', '2026-02-10', toewijzing({ kenmerk: 'VOT-1' }));
      return leven.schouw('317', '2026-03-01', wijziging());
    },
    fout: (leven) => {
      gevraagd(leven);
      leven.stuur('301', '2026-02-10', toewijzing());
      return leven.schouw('317', '2026-03-01', wijziging());
    },
    pad: VERZOEK,
    botst: [1],
  }),
  geval('TR355', '319 Antwoord ReferentieAanbieder', {
    goed: (leven) => {
      gevraagd(leven);
      return leven.schouw('319', '2026-02-10', antwoord('VOT-1', AFGEWEZEN));
    },
    fout: (leven) => {
      gevraagd(leven);
      return leven.schouw('319', '2026-02-10', antwoord('VOT-2', AFGEWEZEN));
    },
    pad: `${ANTWOORD}/ReferentieAanbieder`,
    botst: [],
  }),
  geval('TR359', '319 Antwoord ReferentieAanbieder', {
    goed: (leven) => {
      leven.stuur('315', '2026-02-01', aanvraag('VOT-1', 'VOT-2'));
      leven.stuur('301', '2026-02-09', toewijzing({ kenmerk: 'VOT-2' }));
      return leven.schouw('319', '2026-02-10', antwoord('VOT-1', AFGEWEZEN));
    },
    fout: (leven) => {
      leven.stuur('315', '2026-02-01', aanvraag('VOT-1', 'VOT-2'));
      leven.stuur('301', '2026-02-09', toewijzing({ kenmerk: 'VOT-2' }));
      return leven.schouw('319', '2026-02-10', antwoord('VOT-2', AFGEWEZEN));
    },
    pad: `${ANTWOORD}/ReferentieAanbieder`,
    botst: [2],
  }),
  geval('TR360', '319 Antwoord VerzoekAntwoord', {
    goed: (leven) => {
      gevraagd(leven);
      return leven.schouw('319', '2026-02-10', antwoord('VOT-1', IN_ONDERZOEK));
    },
    fout: (leven) => {
      gevraagd(leven);
      leven.stuur('319', '2026-02-10', antwoord('VOT-1', IN_ONDERZOEK));
      return leven.schouw('319', '2026-02-20', antwoord('VOT-1', IN_ONDERZOEK));
    },
    pad: `${ANTWOORD}/VerzoekAntwoord`,
    botst: [2],
  }),
  geval('TR365', '319 Antwoord', {
    goed: (leven) => {
      gevraagd(leven);
      leven.stuur('319', '2026-02-10', antwoord('VOT-1', IN_ONDERZOEK));
      return leven.schouw('319', '2026-02-20', antwoord('VOT-1', AFGEWEZEN));
    },
    fout: (leven) => {
      afgewezen(leven);
      return leven.schouw('319', '2026-02-20', antwoord('VOT-1', AFGEWEZEN));
    },
    pad: ANTWOORD,
    botst: [2],
  }),
];
