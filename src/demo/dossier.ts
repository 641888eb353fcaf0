/** The part of the demo that needs a dossier: what a declaratie says is compared with what was allocated before. */
import { toonXml, type Verteller, voorbeeld, waarden } from './verteller.ts';

const GEMEENTE = '0345';
/** Another one every time: what was granted in an earlier run cannot be declared again. */
const AANBIEDER = String(98_000_101 + Math.floor(Math.random() * 100));
/** The toewijzing of the example WMO301: 3 hours a week, so at most 15 hours in a month of five weeks. */
const TOEWIJZING = '36301001';
const TARIEF = 6250;

interface Prestatie {
  readonly nummer: string;
  readonly toewijzing: string;
  readonly maand: 'april' | 'mei';
  readonly uren: number;
}
const PERIODEN = { april: ['2026-04-01', '2026-04-30'], mei: ['2026-05-01', '2026-05-31'] } as const;

const GOED: Prestatie = { nummer: 'D-0001', toewijzing: TOEWIJZING, maand: 'april', uren: 12 };
const TE_GROOT: Prestatie = { nummer: 'D-0002', toewijzing: TOEWIJZING, maand: 'mei', uren: 40 };
const ONBEKEND: Prestatie = { nummer: 'D-0003', toewijzing: '36309999', maand: 'mei', uren: 4 };

const euro = (cent: number): string => (cent / 100).toLocaleString('nl-NL', { style: 'currency', currency: 'EUR' });
const bedrag = ({ uren }: Prestatie): number => uren * TARIEF;

const prestatieXml = (prestatie: Prestatie): string => {
  const [begin, einde] = PERIODEN[prestatie.maand];
  return `<Prestatie>
            <ProductReferentie><iwmo:ReferentieNummer>${prestatie.nummer}</iwmo:ReferentieNummer></ProductReferentie>
            <ToewijzingNummer>${prestatie.toewijzing}</ToewijzingNummer>
            <ProductCategorie>02</ProductCategorie>
            <ProductCode>02A05</ProductCode>
            <ProductPeriode><iwmo:Begindatum>${begin}</iwmo:Begindatum><iwmo:Einddatum>${einde}</iwmo:Einddatum></ProductPeriode>
            <GeleverdVolume>${prestatie.uren}</GeleverdVolume>
            <Eenheid>04</Eenheid>
            <ProductTarief>${TARIEF}</ProductTarief>
            <IngediendBedrag><iwmo:Bedrag>${bedrag(prestatie)}</iwmo:Bedrag><iwmo:DebetCredit>D</iwmo:DebetCredit></IngediendBedrag>
          </Prestatie>`;
};

/** The example declaratie, between the parties of this part, with these prestaties of the first client instead of its own. */
function declaratie(prestaties: readonly Prestatie[]): string {
  const totaal = prestaties.reduce((som, prestatie) => som + bedrag(prestatie), 0);
  const client = `<Client>
        <Bsn>999900006</Bsn>
        <Prestaties>${prestaties.map(prestatieXml).join('')}</Prestaties>
      </Client>`;
  return voorbeeld('WMO323')
    .replace('98000001', AANBIEDER)
    .replace('0363', GEMEENTE)
    .replaceAll('2026-05-04', '2026-06-03')
    .replace('2026-04-01', '2026-05-01')
    .replace('2026-04-30', '2026-05-31')
    .replace(/(<iwmo:TotaalBedrag>)\d+/, `$1${totaal}`)
    .replace(/<Client>[\s\S]*<\/Client>/, client);
}

/** A declaratie with one prestatie that is right, one that is too large, and one on a toewijzing that nobody gave. */
export async function speelDossier(verteller: Verteller): Promise<void> {
  console.log(
    '\n5. Het dossier: een declaratie met een goede, een te grote en een onbekende prestatie (WMO323, WMO325)',
  );
  await verteller.houdtDossier(GEMEENTE, 'iwmo');
  await verteller.levert(GEMEENTE, voorbeeld('WMO301').replace('0363', GEMEENTE).replace('98000001', AANBIEDER));
  await verteller.haaltOp(AANBIEDER);
  const prestaties = [GOED, TE_GROOT, ONBEKEND];
  for (const prestatie of prestaties) {
    const { nummer, toewijzing, maand, uren } = prestatie;
    console.log(`  ${nummer}: ${uren} uur in ${maand} op toewijzing ${toewijzing}, ${euro(bedrag(prestatie))}`);
  }
  const bewijs = await verteller.levert(AANBIEDER, declaratie(prestaties));
  await verteller.toontBevindingen(AANBIEDER, bewijs);
  const [antwoord] = await verteller.haaltOp(AANBIEDER);
  if (!antwoord) throw new Error('the declaratie was not answered');
  toonXml(antwoord, ['TotaalBedrag', 'ReferentieNummer', 'RetourCode']);
  const [ingediend, toegekend] = waarden(antwoord, 'TotaalBedrag').map(Number);
  console.log(`  Ingediend ${euro(ingediend ?? 0)}, toegekend ${euro(toegekend ?? 0)}.`);
}
