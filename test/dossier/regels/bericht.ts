/** Lives for the rule in regels/bericht.ts, on each message that this part of the chain inspects. */
import type { Nummer } from '#src/standards/structuren.ts';
import { type Leven, PIET, type Wijziging } from '../leven.ts';
import { AFGEWEZEN, aanvraag, antwoord, IN_ONDERZOEK, start, stop, toewijzing, wijziging } from '../maak.ts';
import { type Geval, geval } from './geval.ts';

const DAG = '2026-06-01';

function uniek<N extends Nummer>(
  nummer: N,
  /** What has to be there before either message is right. */
  vooraf: (leven: Leven) => void,
  eerste: Wijziging<N>,
  tweede: Wijziging<N>,
  bsn: string | undefined,
  botst: number,
): Geval {
  const twee = (leven: Leven, identificatie: string) => {
    vooraf(leven);
    leven.stuur(nummer, DAG, eerste, { identificatie: 'EENDER' });
    return leven.schouw(nummer, DAG, tweede, { identificatie, ...(bsn !== undefined && { bsn }) });
  };
  return geval('TR056', `${nummer} Header BerichtIdentificatie.Identificatie`, {
    goed: (leven) => twee(leven, 'ANDERS'),
    fout: (leven) => twee(leven, 'EENDER'),
    pad: '/Bericht/Header/BerichtIdentificatie/Identificatie',
    botst: [botst],
  });
}

const niets = (): void => {};
const voorJan = (leven: Leven): void => {
  leven.stuur('301', '2026-03-01', toewijzing());
};
const voorBeiden = (leven: Leven): void => {
  voorJan(leven);
  leven.stuur('301', '2026-03-01', toewijzing({ nummer: '1002' }), { bsn: PIET });
};

export const BERICHTGEVALLEN: readonly Geval[] = [
  uniek('301', niets, toewijzing(), toewijzing({ nummer: '1002', product: 'ander' }), undefined, 1),
  uniek('305', voorBeiden, start(), start({ nummer: '1002' }), PIET, 3),
  uniek(
    '307',
    (leven) => {
      voorJan(leven);
      leven.stuur('305', '2026-03-05', start());
    },
    stop({ reden: '20', einde: '2026-05-01' }),
    stop({ einde: '2026-05-02' }),
    undefined,
    3,
  ),
  uniek('315', niets, aanvraag('VOT-1'), aanvraag('VOT-2'), PIET, 1),
  uniek('317', voorBeiden, wijziging(), wijziging({ kenmerk: 'VOW-2', gewijzigd: [{ nummer: '1002' }] }), PIET, 3),
  uniek(
    '319',
    (leven) => {
      leven.stuur('315', '2026-03-01', aanvraag('VOT-1', 'VOT-2'));
    },
    antwoord('VOT-1', IN_ONDERZOEK),
    antwoord('VOT-2', AFGEWEZEN),
    undefined,
    2,
  ),
];
