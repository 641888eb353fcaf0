/** Judges a 325, and reads what it decides. Source: TR304, TR337, TR366, TR367, TR371, TR376; IV087. */
import type { Klasse } from '#src/standards/structuren.ts';
import { eenJaarEerder, kent } from './begin.ts';
import { declaratieVan, gedeclareerdIn } from './declaraties.ts';
import {
  type Bericht,
  dagtekening,
  type Genoteerd,
  identificatie,
  prestatienaam,
  stap,
  type Uitkomst,
  van,
  type Zaak,
} from './lijst.ts';

type Header = Klasse<'325', 'Header'>;
type Antwoord = Klasse<'325', 'DeclaratieAntwoord'>;
type Prestatie = Klasse<'325', 'Prestatie'>;
type Gedeclareerdeprestatie = Omit<Prestatie, 'RetourCodes'>;

const lees = ({ inhoud }: Bericht): { readonly header: Header; readonly antwoord: Antwoord | undefined } => ({
  header: inhoud.Header as unknown as Header,
  antwoord: inhoud.DeclaratieAntwoord as unknown as Antwoord | undefined,
});

/** The declaratie that it answers: the one that it was matched to, or else the first with that identification. */
function beantwoord({ bericht, lijst }: Zaak, heen: number | null): Genoteerd | undefined {
  const { DeclaratieIdentificatie } = lees(bericht).header;
  const declaraties = van(lijst, '323');
  return (
    declaraties.find(({ volgorde }) => volgorde === heen) ??
    declaraties.find(
      (een) =>
        identificatie(een).Identificatie === DeclaratieIdentificatie.Identificatie &&
        identificatie(een).Dagtekening === DeclaratieIdentificatie.Dagtekening,
    )
  );
}

/** Elements of a Prestatie as one text, numbers by their value. */
const waarden = ({
  ProductReferentie,
  ToewijzingNummer,
  ProductCategorie,
  ProductCode,
  ProductPeriode,
  GeleverdVolume,
  Eenheid,
  ProductTarief,
  IngediendBedrag,
}: Gedeclareerdeprestatie): string =>
  JSON.stringify([
    ProductReferentie.ReferentieNummer,
    ProductReferentie.VorigReferentieNummer,
    Number(ToewijzingNummer),
    ProductCategorie,
    ProductCode,
    ProductPeriode.Begindatum,
    ProductPeriode.Einddatum,
    Number(GeleverdVolume),
    Eenheid,
    ProductTarief === undefined ? null : Number(ProductTarief),
    Number(IngediendBedrag.Bedrag),
    IngediendBedrag.DebetCredit,
  ]);

const referentie = ({ ProductReferentie }: Pick<Prestatie, 'ProductReferentie'>): string =>
  JSON.stringify([ProductReferentie.ReferentieNummer, ProductReferentie.VorigReferentieNummer]);

export function oordeelDeclaratieantwoord(zaak: Zaak, heen: number | null): void {
  const { bericht, lijst, begin, uit } = zaak;
  const { header, antwoord } = lees(bericht);
  const heenbericht = beantwoord(zaak, heen);
  // What intake matched is there, also when it is from before the beginning.
  const gekoppeld: Uitkomst = heen === null ? 'goed' : 'onbekend';
  const ontbreekt: Uitkomst = heen !== null || !kent(begin, eenJaarEerder(dagtekening(bericht))) ? 'onbekend' : 'fout';
  const nummer = antwoord?.DeclaratieNummer;
  const metNummer = van(lijst, '323').filter((een) => declaratieVan(een).DeclaratieNummer === nummer);
  if (!heenbericht) {
    uit.meld('TR337', '/Bericht/Header', header, 'DeclaratieIdentificatie', heen === null ? ontbreekt : 'goed');
    uit.meld('TR371', '/Bericht/Header', header, 'XsdVersieDeclaratie', gekoppeld);
    if (!antwoord) return;
    const bestaat = metNummer.length > 0 ? 'goed' : ontbreekt;
    uit.meld('TR376', '/Bericht/DeclaratieAntwoord', antwoord, 'DeclaratieNummer', bestaat);
    return;
  }
  const { BerichtIdentificatie, XsdVersie } = heenbericht.inhoud.Header as unknown as Header;
  const genoemd = header.DeclaratieIdentificatie;
  const zelfde =
    BerichtIdentificatie.Identificatie === genoemd.Identificatie &&
    BerichtIdentificatie.Dagtekening === genoemd.Dagtekening;
  uit.meld('TR337', '/Bericht/Header', header, 'DeclaratieIdentificatie', zelfde ? 'goed' : 'fout');
  const zelfdeVersie =
    XsdVersie.BasisschemaXsdVersie === header.XsdVersieDeclaratie.BasisschemaXsdVersie &&
    XsdVersie.BerichtXsdVersie === header.XsdVersieDeclaratie.BerichtXsdVersie;
  uit.meld('TR371', '/Bericht/Header', header, 'XsdVersieDeclaratie', zelfdeVersie ? 'goed' : 'fout');
  if (!antwoord) return;
  // The number of another declaratie is one that was received; more the rule does not say.
  const eigenNummer = metNummer.includes(heenbericht);
  const uitkomst = eigenNummer ? 'goed' : metNummer.length > 0 ? 'twijfel' : 'fout';
  uit.meld('TR376', '/Bericht/DeclaratieAntwoord', antwoord, 'DeclaratieNummer', uitkomst);

  const gedeclareerd = gedeclareerdIn(heenbericht);
  const clienten: readonly Klasse<'325', 'Client'>[] = antwoord.Clienten?.Client ?? [];
  for (const [nr, client] of clienten.entries()) {
    const pad = `/Bericht/DeclaratieAntwoord/Clienten/${stap('Client', nr, clienten)}`;
    const isClient = gedeclareerd.some(({ bsn }) => bsn === client.Bsn);
    uit.meld('TR304', pad, client, 'Bsn', isClient ? 'goed' : 'fout');
    const prestaties: readonly Prestatie[] = client.Prestaties.Prestatie;
    for (const [plaats, prestatie] of prestaties.entries()) {
      const hier = `${pad}/Prestaties/${stap('Prestatie', plaats, prestaties)}`;
      const alle = gedeclareerd.filter((een) => referentie(een.prestatie) === referentie(prestatie));
      uit.meld('TR366', hier, prestatie, 'ProductReferentie', alle.length > 0 ? 'goed' : 'fout');
      // Rather that of the same person; two may have the same reference.
      const deze = alle.find(({ bsn }) => bsn === client.Bsn) ?? alle[0];
      if (deze) uit.meld('TR367', hier, prestatie, '', herhaalt(prestatie, deze.prestatie));
    }
  }
}

/** TR367. That the tariff may be left out, the norm does not say; nor that it may not. */
function herhaalt(prestatie: Prestatie, gedeclareerd: Gedeclareerdeprestatie): Uitkomst {
  if (waarden(prestatie) === waarden(gedeclareerd)) return 'goed';
  const zonderTarief = { ...gedeclareerd, ProductTarief: undefined } as unknown as Gedeclareerdeprestatie;
  return waarden(prestatie) === waarden(zonderTarief) ? 'twijfel' : 'fout';
}

const GEEN_OPMERKING = '0200';
const VOLLEDIG_TOEGEWEZEN = '8001';

/** What becomes of the declaratie: null: it counts as not sent; otherwise the names of the prestaties that came back. */
export function uitkomstVan(bericht: Bericht): ReadonlySet<string> | null {
  const { header, antwoord } = lees(bericht);
  const goed = (codes: readonly string[]): boolean =>
    codes.every((code) => code === GEEN_OPMERKING || code === VOLLEDIG_TOEGEWEZEN);
  if (!goed(header.RetourCodes.RetourCode) || (antwoord && !goed(antwoord.RetourCodes.RetourCode))) return null;
  const clienten: readonly Klasse<'325', 'Client'>[] = antwoord?.Clienten?.Client ?? [];
  return new Set(
    clienten.flatMap(({ Bsn, Prestaties }) =>
      (Prestaties.Prestatie as readonly Prestatie[]).map((prestatie) => prestatienaam(Bsn, prestatie)),
    ),
  );
}
