/** Breaks of the rules in gedeeld/codes.ts. */
import type { Bericht } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';

/** A product that was stopped on this day, reported on the same day. */
const gestopt =
  (dag: string) =>
  ({ Header, Client }: Bericht<'307'>): void => {
    Header.BerichtIdentificatie.Dagtekening = dag;
    for (const product of Client.StopProducten.StopProduct) {
      product.ToewijzingIngangsdatum = '2020-06-01';
      product.Begindatum = '2020-06-01';
      product.Einddatum = dag;
    }
  };
const reden =
  (code: '20' | '36' | '39') =>
  ({ Client }: Bericht<'307'>): void => {
    for (const product of Client.StopProducten.StopProduct) product.RedenBeeindiging = code;
  };

const venster = (dagErvoor: string, code: '36' | '39'): Breuk =>
  breuk('JZ588', '307', 'StopProduct', 'RedenBeeindiging', {
    domein: 'ijw',
    vooraf: (bericht) => {
      gestopt(dagErvoor)(bericht);
      reden('20')(bericht);
    },
    breek: reden(code),
    pad: '/Bericht/Client/StopProducten/StopProduct/RedenBeeindiging',
  });

export const CODEBREUKEN: readonly Breuk[] = [venster('2020-12-31', '36'), venster('2022-03-31', '39')];
