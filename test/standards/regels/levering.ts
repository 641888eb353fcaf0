/** Breaks of the rules in gedeeld/levering.ts. */
import { type Breuk, breuk } from './breuk.ts';

const START = '/Bericht/Client/StartProducten/StartProduct/StatusAanlevering';
const STOP = '/Bericht/Client/StopProducten/StopProduct/StatusAanlevering';

/** Both values that the XSD knows and the rule does not. */
export const LEVERINGBREUKEN: readonly Breuk[] = (['2', '9'] as const).flatMap((status) => [
  breuk('CS058', '305', 'StartProduct', 'StatusAanlevering', {
    vooraf: ({ Client }) => {
      for (const start of Client.StartProducten.StartProduct) start.StatusAanlevering = '3';
    },
    breek: ({ Client }) => {
      for (const start of Client.StartProducten.StartProduct) start.StatusAanlevering = status;
    },
    pad: START,
  }),
  breuk('CS058', '307', 'StopProduct', 'StatusAanlevering', {
    vooraf: ({ Client }) => {
      for (const stop of Client.StopProducten.StopProduct) stop.StatusAanlevering = '3';
    },
    breek: ({ Client }) => {
      for (const stop of Client.StopProducten.StopProduct) stop.StatusAanlevering = status;
    },
    pad: STOP,
  }),
]);
