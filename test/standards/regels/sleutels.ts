/** Breaks of TR101 in gedeeld/sleutels.ts: a class that stands twice, first with a key of its own, then with that of the first. */
import type { Nummer } from '#src/standards/structuren.ts';
import type { Bericht } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';

interface Geval<N extends Nummer> {
  readonly vooraf: (bericht: Bericht<N>) => void;
  readonly breek: (bericht: Bericht<N>) => void;
  readonly ook?: readonly string[];
  readonly domein?: 'iwmo';
}

/** @param waar path of the class that repeats; the class above it holds the list */
function dubbel<N extends Nummer>(nummer: N, waar: string, geval: Geval<N>): Breuk {
  const [houder = '', klasse = ''] = waar.split('/').slice(-2);
  return breuk('TR101', nummer, houder.replace(/\[\d+\]$/, ''), klasse, { ...geval, pad: `/Bericht/${waar}[2]` });
}

/** Leaves the first of a list, with a changed copy behind it. */
function paar<P>(lijst: P[], wijzig: (kopie: P) => void): void {
  const [eerste] = lijst;
  if (eerste === undefined) throw new Error('The example has none of these.');
  const kopie = structuredClone(eerste);
  wijzig(kopie);
  lijst.splice(1, lijst.length - 1, kopie);
}
/** Changes the second of a list, given the first. */
function tweede<P>(lijst: readonly P[], wijzig: (tweede: P, eerste: P) => void): void {
  const [eerste, ander] = lijst;
  if (eerste === undefined || ander === undefined) throw new Error('There are no two of these.');
  wijzig(ander, eerste);
}

const relaties = ({ Client }: Bericht<'301'>) => Client.Relaties?.Relatie ?? [];
const contacten = ({ Client }: Bericht<'301'>) => Client.Contactgegevens.Contact;
const toegewezen = ({ Client }: Bericht<'301'>) => Client.ToegewezenProducten.ToegewezenProduct;
const starts = ({ Client }: Bericht<'305'>) => Client.StartProducten.StartProduct;
const stops = ({ Client }: Bericht<'307'>) => Client.StopProducten.StopProduct;
const aangevraagd = ({ Client }: Bericht<'315'>) => Client.AangevraagdeProducten.AangevraagdProduct;
const nieuw = ({ Client }: Bericht<'317'>) => Client.Verzoek.NieuweProducten?.NieuwProduct ?? [];
const prestaties323 = ({ Declaratie }: Bericht<'323'>) => Declaratie.Clienten.Client[0]?.Prestaties.Prestatie ?? [];

const TOEWIJZING = { GewensteIngangsdatum: '2026-06-01', Einddatum: '2026-12-31', Budget: '1000' };

/** Two clients with two rejected lines each. */
function afgewezen({ Header, DeclaratieAntwoord: antwoord }: Bericht<'325'>): void {
  if (!antwoord) return;
  const iwmo = Header.BerichtCode === '485';
  const prestatie = (ReferentieNummer: string) => ({
    ProductReferentie: { ReferentieNummer },
    ToewijzingNummer: '1',
    ProductCategorie: iwmo ? ('02' as const) : ('45' as const),
    ProductCode: iwmo ? '02A05' : '45A04',
    ProductPeriode: { Begindatum: '2026-03-01', Einddatum: '2026-03-31' },
    GeleverdVolume: '1',
    Eenheid: '01' as const,
    ProductTarief: '1000',
    IngediendBedrag: { Bedrag: '1000', DebetCredit: 'D' as const },
    RetourCodes: { RetourCode: ['9321' as const] },
  });
  const client = (Bsn: string, ...referenties: readonly string[]) => ({
    Bsn,
    Prestaties: { Prestatie: referenties.map(prestatie) },
    RetourCodes: { RetourCode: ['0200' as const] },
  });
  Object.assign(antwoord, {
    TotaalIngediendBedrag: { TotaalBedrag: '10000', DebetCredit: 'D' },
    TotaalToegekendBedrag: { TotaalBedrag: '6000', DebetCredit: 'D' },
    Clienten: { Client: [client('999900018', 'R1', 'R2'), client('999900043', 'R3', 'R4')] },
    RetourCodes: { RetourCode: ['0200'] },
  });
}

const TOEGEWEZEN = 'Client/ToegewezenProducten/ToegewezenProduct';
const NIEUW = 'Client/Verzoek/NieuweProducten/NieuwProduct';

export const SLEUTELBREUKEN: readonly Breuk[] = [
  dubbel('301', 'Client/Relaties/Relatie', {
    vooraf: (bericht) =>
      paar(relaties(bericht), (relatie) => {
        relatie.Nummer = 'R-anders';
        relatie.Volgorde = '2';
      }),
    breek: (bericht) =>
      tweede(relaties(bericht), (relatie, eerste) => {
        relatie.Nummer = eerste.Nummer;
      }),
  }),
  dubbel('301', 'Client/Contactgegevens/Contact', {
    vooraf: (bericht) =>
      paar(contacten(bericht), (contact) => {
        contact.Soort = '02';
      }),
    breek: (bericht) =>
      tweede(contacten(bericht), (contact, eerste) => {
        contact.Soort = eerste.Soort;
      }),
  }),
  dubbel('301', TOEGEWEZEN, {
    vooraf: (bericht) =>
      paar(toegewezen(bericht), (product) => {
        product.ToewijzingNummer = '1';
        // Apart from the first, so that TR302 has nothing to say.
        product.Ingangsdatum = '2027-01-01';
        product.Einddatum = '2027-02-01';
      }),
    breek: (bericht) =>
      tweede(toegewezen(bericht), (product, eerste) => {
        product.ToewijzingNummer = `0${eerste.ToewijzingNummer}`;
      }),
  }),
  dubbel('305', 'Client/StartProducten/StartProduct', {
    vooraf: (bericht) =>
      paar(starts(bericht), (start) => {
        start.ToewijzingNummer = '1';
      }),
    // StatusAanlevering is no part of the key (IV008): deliver and remove again is twice the same.
    breek: (bericht) =>
      tweede(starts(bericht), (start, eerste) => {
        start.ToewijzingNummer = `00${eerste.ToewijzingNummer}`;
        start.StatusAanlevering = '3';
      }),
  }),
  // Taakgericht: without an allocation, Product and Begindatum are the key (IV096).
  dubbel('305', 'Client/StartProducten/StartProduct', {
    vooraf: (bericht) => {
      for (const start of starts(bericht)) start.ToewijzingNummer = undefined;
      paar(starts(bericht), ({ Product }) => {
        if (Product) Product.Code = 'ANDER';
      });
    },
    breek: (bericht) =>
      tweede(starts(bericht), ({ Product }, eerste) => {
        if (Product) Product.Code = eerste.Product?.Code;
      }),
  }),
  dubbel('307', 'Client/StopProducten/StopProduct', {
    vooraf: (bericht) =>
      paar(stops(bericht), (stop) => {
        stop.RedenBeeindiging = '36';
      }),
    breek: (bericht) =>
      tweede(stops(bericht), (stop, eerste) => {
        stop.RedenBeeindiging = eerste.RedenBeeindiging;
      }),
  }),
  dubbel('315', 'Client/AangevraagdeProducten/AangevraagdProduct', {
    vooraf: (bericht) =>
      paar(aangevraagd(bericht), (product) => {
        product.ReferentieAanbieder = 'VOT-ANDERS';
        product.ToewijzingIngangsdatum = '2027-01-01';
        product.ToewijzingEinddatum = '2027-02-01';
      }),
    breek: (bericht) =>
      tweede(aangevraagd(bericht), (product, eerste) => {
        product.ReferentieAanbieder = eerste.ReferentieAanbieder;
      }),
    // ReferentieAanbieder is the whole key, and TR383 asks the same of it.
    ook: ['TR383'],
  }),
  dubbel('317', 'Client/Verzoek/OngewijzigdeProducten/OngewijzigdProduct', {
    vooraf: ({ Client }) => {
      const OngewijzigdProduct = [{ ToewijzingNummer: '7' }, { ToewijzingNummer: '8' }];
      Client.Verzoek.OngewijzigdeProducten = { OngewijzigdProduct };
    },
    breek: ({ Client }) => {
      const OngewijzigdProduct = [{ ToewijzingNummer: '7' }, { ToewijzingNummer: '007' }];
      Client.Verzoek.OngewijzigdeProducten = { OngewijzigdProduct };
    },
  }),
  dubbel('317', 'Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct', {
    vooraf: ({ Client }) => {
      const TeWijzigenProduct = ['7', '8'].map((ToewijzingNummer) => ({ ToewijzingNummer, ...TOEWIJZING }));
      Client.Verzoek.TeWijzigenProducten = { TeWijzigenProduct };
    },
    breek: ({ Client }) => {
      const TeWijzigenProduct = ['7', '+7'].map((ToewijzingNummer) => ({ ToewijzingNummer, ...TOEWIJZING }));
      Client.Verzoek.TeWijzigenProducten = { TeWijzigenProduct };
    },
  }),
  dubbel('317', NIEUW, {
    vooraf: (bericht) =>
      paar(nieuw(bericht), (product) => {
        product.GewensteIngangsdatum = '2027-01-01';
        product.Einddatum = '2027-02-01';
      }),
    breek: (bericht) =>
      tweede(nieuw(bericht), (product, eerste) => {
        product.GewensteIngangsdatum = eerste.GewensteIngangsdatum;
      }),
    // The same product from the same day on overlaps as well.
    ook: ['TR410'],
  }),
  // In a category that may overlap it is still the same key.
  dubbel('317', NIEUW, {
    domein: 'iwmo',
    vooraf: (bericht) => {
      for (const { Product } of nieuw(bericht)) if (Product) Product.Categorie = '12';
      paar(nieuw(bericht), (product) => {
        product.GewensteIngangsdatum = '2026-06-02';
      });
    },
    breek: (bericht) =>
      tweede(nieuw(bericht), (product, eerste) => {
        product.GewensteIngangsdatum = eerste.GewensteIngangsdatum;
      }),
  }),
  dubbel('323', 'Declaratie/Clienten/Client', {
    vooraf: () => undefined,
    breek: ({ Declaratie }) =>
      tweede(Declaratie.Clienten.Client, (client, eerste) => {
        client.Bsn = eerste.Bsn;
      }),
  }),
  dubbel('323', 'Declaratie/Clienten/Client[1]/Prestaties/Prestatie', {
    vooraf: (bericht) => {
      const { TotaalIngediendBedrag: totaal } = bericht.Declaratie;
      paar(prestaties323(bericht), (prestatie) => {
        prestatie.ProductReferentie.ReferentieNummer = 'R-anders';
        prestatie.ToewijzingNummer = '1';
        totaal.TotaalBedrag = String(Number(totaal.TotaalBedrag) + Number(prestatie.IngediendBedrag.Bedrag));
      });
    },
    breek: (bericht) =>
      tweede(prestaties323(bericht), (prestatie, eerste) => {
        prestatie.ProductReferentie.ReferentieNummer = eerste.ProductReferentie.ReferentieNummer;
      }),
  }),
  dubbel('325', 'DeclaratieAntwoord/Clienten/Client', {
    vooraf: afgewezen,
    breek: ({ DeclaratieAntwoord }) =>
      tweede(DeclaratieAntwoord?.Clienten?.Client ?? [], (client, eerste) => {
        client.Bsn = eerste.Bsn;
      }),
  }),
  dubbel('325', 'DeclaratieAntwoord/Clienten/Client[1]/Prestaties/Prestatie', {
    vooraf: afgewezen,
    breek: ({ DeclaratieAntwoord }) =>
      tweede(DeclaratieAntwoord?.Clienten?.Client[0]?.Prestaties.Prestatie ?? [], (prestatie, eerste) => {
        prestatie.ProductReferentie.ReferentieNummer = eerste.ProductReferentie.ReferentieNummer;
      }),
  }),
];
