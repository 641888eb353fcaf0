/** Breaks of the rules in gedeeld/verzoek.ts. */
import type { Bericht } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';

const AANGEVRAAGD = '/Bericht/Client/AangevraagdeProducten/AangevraagdProduct';
const VERZOEK = '/Bericht/Client/Verzoek';
const NIEUW = `${VERZOEK}/NieuweProducten/NieuwProduct`;

type Aangevraagd = Bericht<'315'>['Client']['AangevraagdeProducten']['AangevraagdProduct'][number];
const elk =
  (wijzig: (product: Aangevraagd) => void) =>
  ({ Client }: Bericht<'315'>): void => {
    for (const product of Client.AangevraagdeProducten.AangevraagdProduct) wijzig(product);
  };
type Type = Aangevraagd['Verwijzer']['Type'];
const verwijzer = (Type: Type, gegevens: { Naam?: string; ZorgverlenerCode?: string } = {}) =>
  elk((product) => {
    product.Verwijzer = { Type, ...gegevens };
  });

/** One allocation goes on as it is. */
const ongewijzigd = ({ Client }: Bericht<'317'>): void => {
  Client.Verzoek.OngewijzigdeProducten = { OngewijzigdProduct: [{ ToewijzingNummer: '34409999' }] };
};
const gewensteIngang =
  (wijzig: (dagtekening: string) => string) =>
  ({ Header, Client }: Bericht<'317'>): void => {
    const { Dagtekening } = Header.BerichtIdentificatie;
    for (const product of Client.Verzoek.NieuweProducten?.NieuwProduct ?? [])
      product.GewensteIngangsdatum = wijzig(Dagtekening);
  };

const MET_AGB_CODE: readonly Type[] = ['02', '03', '04', '05'];
const ZONDER_AGB_CODE: readonly Type[] = ['01', '06', '08'];
const CODE = '98000099';

export const VERZOEKBREUKEN: readonly Breuk[] = [
  breuk('CD043', '315', 'AangevraagdProduct', 'BeschikkingIngangsdatum', {
    vooraf: elk((product) => {
      product.BeschikkingNummer = '12';
      product.BeschikkingIngangsdatum = '2026-01-01';
    }),
    breek: elk((product) => {
      product.BeschikkingIngangsdatum = undefined;
    }),
    pad: AANGEVRAAGD,
  }),
  breuk('CD043', '315', 'AangevraagdProduct', 'BeschikkingIngangsdatum', {
    breek: elk((product) => {
      product.BeschikkingIngangsdatum = '2026-01-01';
    }),
    pad: `${AANGEVRAAGD}/BeschikkingIngangsdatum`,
  }),
  ...MET_AGB_CODE.flatMap((type) => [
    breuk('CD066', '315', 'AangevraagdProduct', 'Verwijzer.Naam', {
      vooraf: verwijzer(type, { ZorgverlenerCode: CODE }),
      breek: verwijzer(type, { Naam: 'De Brug', ZorgverlenerCode: CODE }),
      pad: `${AANGEVRAAGD}/Verwijzer/Naam`,
    }),
    breuk('CD067', '315', 'AangevraagdProduct', 'Verwijzer.Naam', {
      vooraf: verwijzer(type, { Naam: 'De Brug' }),
      breek: verwijzer(type),
      pad: `${AANGEVRAAGD}/Verwijzer`,
    }),
  ]),
  ...ZONDER_AGB_CODE.flatMap((type) => [
    breuk('CD068', '315', 'AangevraagdProduct', 'Verwijzer.ZorgverlenerCode', {
      vooraf: verwijzer(type),
      breek: verwijzer(type, { ZorgverlenerCode: CODE }),
      pad: `${AANGEVRAAGD}/Verwijzer/ZorgverlenerCode`,
    }),
    // A name beside the code is no concern of CD066 here.
    breuk('CD068', '315', 'AangevraagdProduct', 'Verwijzer.ZorgverlenerCode', {
      vooraf: verwijzer(type, { Naam: 'De Brug' }),
      breek: verwijzer(type, { Naam: 'De Brug', ZorgverlenerCode: CODE }),
      pad: `${AANGEVRAAGD}/Verwijzer/ZorgverlenerCode`,
    }),
  ]),
  breuk('TR352', '317', 'Verzoek', '', {
    breek: ({ Client }) => {
      Client.Verzoek.OngewijzigdeProducten = undefined;
      Client.Verzoek.TeWijzigenProducten = undefined;
    },
    pad: VERZOEK,
  }),
  // A request without any product is not based on an allocation and changes nothing either.
  breuk('TR352', '317', 'Verzoek', '', {
    breek: ({ Client }) => {
      Client.Verzoek.OngewijzigdeProducten = undefined;
      Client.Verzoek.TeWijzigenProducten = undefined;
      Client.Verzoek.NieuweProducten = undefined;
    },
    pad: VERZOEK,
    ook: ['TR353'],
  }),
  breuk('TR353', '317', 'Verzoek', '', {
    vooraf: ongewijzigd,
    breek: ({ Client }) => {
      Client.Verzoek.TeWijzigenProducten = undefined;
      Client.Verzoek.NieuweProducten = undefined;
    },
    pad: VERZOEK,
  }),
  breuk('TR380', '317', 'NieuwProduct', 'GewensteIngangsdatum', {
    vooraf: gewensteIngang((dag) => dag.replace(/\d\d$/, '28')),
    breek: gewensteIngang((dag) => dag),
    pad: `${NIEUW}/GewensteIngangsdatum`,
    ernst: 'waarschuwing',
  }),
  breuk('TR380', '317', 'NieuwProduct', 'GewensteIngangsdatum', {
    breek: gewensteIngang(() => '2026-01-31'),
    pad: `${NIEUW}/GewensteIngangsdatum`,
    ernst: 'waarschuwing',
  }),
  breuk('TR383', '315', 'AangevraagdeProducten', 'AangevraagdProduct.ReferentieAanbieder', {
    vooraf: ({ Client: { AangevraagdeProducten } }) => {
      const [eerste] = AangevraagdeProducten.AangevraagdProduct;
      if (!eerste) return;
      // The periods lie apart, so that TR386 has nothing to say.
      AangevraagdeProducten.AangevraagdProduct.push({
        ...structuredClone(eerste),
        ReferentieAanbieder: 'VOT-ANDERS',
        ToewijzingIngangsdatum: '2027-01-01',
        ToewijzingEinddatum: '2027-02-01',
      });
    },
    breek: ({ Client: { AangevraagdeProducten } }) => {
      for (const product of AangevraagdeProducten.AangevraagdProduct) product.ReferentieAanbieder = 'VOT-EENDER';
    },
    pad: `${AANGEVRAAGD}[2]/ReferentieAanbieder`,
    // ReferentieAanbieder is also the whole key of the class.
    ook: ['TR101'],
  }),
];
