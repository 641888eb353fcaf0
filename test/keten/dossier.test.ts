/**
 * The dossier through the front door: what a message established decides what is said of the next one, and what the switch answers to it. The
 * official cases run step by step; the rest are small lives of one client between a gemeente and an aanbieder.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, describe, expect, test } from 'vitest';
import type { Domein } from '#src/standards/catalogus.ts';
import type { Klasse, Nummer } from '#src/standards/structuren.ts';
import { type Bericht, bouw, type Los } from '../hulp/bouwer.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, bytesVan, haalOp, stelIn, verstuur, vraagJson } from '../hulp/reis.ts';
import { NORM } from '../xsd/schemas.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

const GEMEENTE = '0363';
/** Before there was anything to send. */
const ALTIJD = '2015-01-01';
const lezer = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (naam) => ['Prestatie', 'RetourCode'].includes(naam),
});

interface Bevinding {
  readonly ernst: string;
  readonly regel: string;
  readonly retourcode: string | null;
  readonly pad: string;
  readonly regelnummer: number;
  readonly eerder?: readonly { readonly referentienummer?: string; readonly ingevoerd: boolean }[];
}

let volgende = 98000050;
let teller = 0;

/** A lane of its own, with a dossier for both parties unless asked otherwise. */
async function baan(domein: Domein, keuze: object = {}) {
  volgende += 1;
  const aanbieder = String(volgende);
  const dossier = { controleniveau: 3, retour: 'knooppunt', dossierVolledigVanaf: ALTIJD, ...keuze };
  const partijen = [GEMEENTE, aanbieder];
  for (const partij of partijen) await stelIn(knooppunt.client(partij), partij, domein, dossier);

  async function stuur<N extends Nummer>(nummer: N, wijzig: (bericht: Bericht<N>) => void = () => undefined) {
    const vanGemeente = ['301', '319', '325', '306', '308', '316', '318'].includes(nummer);
    const retour = ['302', '306', '308', '316', '318', '320'].includes(nummer);
    const [afzender, ontvanger] = vanGemeente ? [GEMEENTE, aanbieder] : [aanbieder, GEMEENTE];
    const bytes = bouw(domein, nummer, (bericht) => {
      // Of a retour, the header has the parties of its heenbericht.
      const kop = bericht.Header as Bericht<'301'>['Header'];
      [kop.Afzender, kop.Ontvanger] = retour ? [ontvanger, afzender] : [afzender, ontvanger];
      teller += 1;
      if (!retour) kop.BerichtIdentificatie.Identificatie = `T${teller}`;
      wijzig(bericht);
    });
    const bewijs = await verstuur(knooppunt.client(String(afzender)), bytes);
    return { ...bewijs, bytes, afzender: String(afzender), ontvanger: String(ontvanger) };
  }
  const leeg = async (postbus: string) => {
    const post = await haalOp(knooppunt.client(postbus), postbus, { aantal: 100 });
    const ids = post.map(({ berichtId }) => berichtId);
    if (ids.length > 0) await bevestig(knooppunt.client(postbus), postbus, ids);
    return post;
  };
  /** What the switch answered to a message. */
  const antwoordOp = async ({ referentienummer, afzender }: { referentienummer: string; afzender: string }) => {
    const post = await leeg(afzender);
    const stuk = post.find(({ crossReferentienummer }) => crossReferentienummer === referentienummer);
    return stuk && lezer.parse(bytesVan(stuk)).Bericht;
  };
  const bevindingen = async ({ berichtId }: { berichtId: string }, wie = GEMEENTE): Promise<readonly Bevinding[]> =>
    (
      await vraagJson<{ bevindingen: readonly Bevinding[] }>(
        knooppunt.client(wie),
        'GET',
        `/v1/berichten/${berichtId}/bevindingen`,
      )
    ).bevindingen;
  return { aanbieder, stuur, leeg, antwoordOp, bevindingen };
}

/** A 301 with one toewijzing of 3 hours a week, the whole of 2026. */
const toewijzing =
  (
    domein: Domein,
    nummer: string,
    wijzig: (product: Bericht<'301'>['Client']['ToegewezenProducten']['ToegewezenProduct'][number]) => void = () =>
      undefined,
  ) =>
  ({ Header, Client }: Bericht<'301'>): void => {
    Header.BerichtIdentificatie.Dagtekening = '2026-01-02';
    const [product] = Client.ToegewezenProducten.ToegewezenProduct;
    if (!product) throw new Error('the example has no toewijzing');
    product.ToewijzingNummer = nummer;
    product.Product = PRODUCT[domein];
    product.Toewijzingsdatum = '2026-01-01';
    product.Ingangsdatum = '2026-01-01';
    product.Einddatum = '2026-12-31';
    product.Omvang = { Volume: '3', Eenheid: '04', Frequentie: '2' };
    product.Budget = undefined;
    product.ReferentieAanbieder = undefined;
    wijzig(product);
    Client.ToegewezenProducten.ToegewezenProduct = [product];
  };
const PRODUCT = { iwmo: { Categorie: '02', Code: '02A05' }, ijw: { Categorie: '45', Code: '45A04' } } as const;

interface Regel {
  readonly nummer: string;
  readonly toewijzing: string;
  readonly uren: number;
  readonly vorig?: string;
  readonly maand?: string;
}
const TARIEF = 6250;
/** A 323 over May 2026 with these prestaties of one client. */
const declaratie =
  (domein: Domein, nummer: string, regels: readonly Regel[], dagtekening = '2026-06-03') =>
  ({ Header, Declaratie }: Bericht<'323'>): void => {
    Header.BerichtIdentificatie.Dagtekening = dagtekening;
    Declaratie.DeclaratieNummer = nummer;
    Declaratie.DeclaratieDagtekening = dagtekening;
    Declaratie.DeclaratiePeriode = { Begindatum: '2026-05-01', Einddatum: '2026-05-31' };
    const [client] = Declaratie.Clienten.Client;
    const [prestatie] = client?.Prestaties.Prestatie ?? [];
    if (!client || !prestatie) throw new Error('the example has no prestatie');
    client.Prestaties.Prestatie = regels.map(({ nummer: referentie, toewijzing, uren, vorig, maand = '05' }) => ({
      ...prestatie,
      ProductReferentie: { ReferentieNummer: referentie, VorigReferentieNummer: vorig },
      ToewijzingNummer: toewijzing,
      ProductCategorie: PRODUCT[domein].Categorie,
      ProductCode: PRODUCT[domein].Code,
      ProductPeriode: { Begindatum: `2026-${maand}-01`, Einddatum: `2026-${maand}-${maand === '04' ? '30' : '31'}` },
      GeleverdVolume: String(uren),
      Eenheid: '04',
      ProductTarief: String(TARIEF),
      IngediendBedrag: { Bedrag: String(uren * TARIEF), DebetCredit: vorig === undefined ? 'D' : 'C' },
    }));
    Declaratie.Clienten.Client = [client];
    const totaal = regels.reduce((som, { uren, vorig }) => som + (vorig === undefined ? uren : -uren) * TARIEF, 0);
    Declaratie.TotaalIngediendBedrag = { TotaalBedrag: String(Math.abs(totaal)), DebetCredit: totaal < 0 ? 'C' : 'D' };
  };

const codes = (bevindingen: readonly Bevinding[]): string[] =>
  bevindingen.filter(({ ernst }) => ernst === 'fout').map(({ regel }) => regel);

describe.each(['iwmo', 'ijw'] as const)('%s:', (domein) => {
  test('a declaratie with a good, a too large and an unknown prestatie is granted to the cent, and said so per prestatie', async () => {
    const { stuur, antwoordOp, bevindingen, leeg } = await baan(domein);
    const gegeven = await stuur('301', toewijzing(domein, '1'));
    expect(gegeven.status).toBe('verwerkt');
    const goed = { nummer: 'P1', toewijzing: '1', uren: 12, maand: '04' };
    const teGroot = { nummer: 'P2', toewijzing: '1', uren: 40 };
    const onbekend = { nummer: 'P3', toewijzing: '999', uren: 4 };
    const gestuurd = await stuur('323', declaratie(domein, 'D1', [goed, teGroot, onbekend]));
    expect(gestuurd.status).toBe('verwerkt');

    const { Header, DeclaratieAntwoord } = await antwoordOp(gestuurd);
    expect(Header.RetourCodes.RetourCode).toEqual(['0200']);
    expect(DeclaratieAntwoord.TotaalIngediendBedrag).toEqual({ TotaalBedrag: String(56 * TARIEF), DebetCredit: 'D' });
    expect(DeclaratieAntwoord.TotaalToegekendBedrag).toEqual({ TotaalBedrag: String(12 * TARIEF), DebetCredit: 'D' });
    const { Client } = DeclaratieAntwoord.Clienten;
    expect(Client.RetourCodes.RetourCode).toEqual(['0200']);
    const afgewezen = Client.Prestaties.Prestatie.map(
      (deel: { ProductReferentie: { ReferentieNummer: string }; RetourCodes: { RetourCode: unknown } }) => [
        deel.ProductReferentie.ReferentieNummer,
        deel.RetourCodes.RetourCode,
      ],
    );
    expect(afgewezen).toEqual([
      ['P2', ['9321']],
      ['P3', ['9338']],
    ]);
    // The gemeente gets the declaratie with what was found; each finding stands on its line and names what it collides with.
    expect((await leeg(GEMEENTE)).map(({ berichtId }) => berichtId)).toContain(gestuurd.berichtId);
    const gevonden = (await bevindingen(gestuurd)).filter(({ ernst }) => ernst === 'fout');
    expect(gevonden.map(({ regel, retourcode }) => [regel, retourcode])).toEqual([
      ['TR321', '9321'],
      ['TR338', '9338'],
    ]);
    const regels = gestuurd.bytes.toString().split('\n');
    for (const { regelnummer } of gevonden) expect(regels[regelnummer - 1]).toMatch(/GeleverdVolume|ToewijzingNummer/);
    expect(gevonden[0]?.eerder).toMatchObject([{ referentienummer: gegeven.referentienummer, ingevoerd: false }]);
  });

  test('what was rejected may be sent again, what was granted may not', async () => {
    const { stuur, bevindingen, antwoordOp } = await baan(domein);
    await stuur('301', toewijzing(domein, '1'));
    const goed = { nummer: 'P1', toewijzing: '1', uren: 12, maand: '04' };
    await stuur('323', declaratie(domein, 'D1', [goed, { nummer: 'P2', toewijzing: '1', uren: 40 }]));
    const kleiner = await stuur('323', declaratie(domein, 'D2', [{ nummer: 'P2', toewijzing: '1', uren: 15 }]));
    expect(codes(await bevindingen(kleiner))).toEqual([]);
    expect((await antwoordOp(kleiner)).DeclaratieAntwoord.RetourCodes.RetourCode).toEqual(['8001']);
    const nogEens = await stuur('323', declaratie(domein, 'D3', [goed]));
    expect(codes(await bevindingen(nogEens)).sort()).toEqual(['TR314', 'TR389']);
  });

  test('a declaratienummer that was used: nothing is granted, and the declaratie counts as not sent', async () => {
    const { stuur, antwoordOp, bevindingen } = await baan(domein);
    await stuur('301', toewijzing(domein, '1'));
    await stuur('323', declaratie(domein, 'D1', [{ nummer: 'P1', toewijzing: '1', uren: 2 }]));
    const dubbel = await stuur(
      '323',
      declaratie(domein, 'D1', [{ nummer: 'P2', toewijzing: '1', uren: 2, maand: '04' }]),
    );
    expect(dubbel.status).toBe('afgekeurd');
    const { Header, DeclaratieAntwoord } = await antwoordOp(dubbel);
    expect(Header.RetourCodes.RetourCode).toEqual(['0200']);
    expect(DeclaratieAntwoord.RetourCodes.RetourCode).toEqual(['9333']);
    expect(DeclaratieAntwoord.TotaalToegekendBedrag).toEqual({ TotaalBedrag: '0', DebetCredit: 'D' });
    expect(DeclaratieAntwoord.Clienten).toBeUndefined();
    const daarna = await stuur(
      '323',
      declaratie(domein, 'D2', [{ nummer: 'P2', toewijzing: '1', uren: 2, maand: '04' }]),
    );
    expect(codes(await bevindingen(daarna))).toEqual([]);
  });

  test('a credit takes back what was granted, once; and makes room for a new debet in the same message', async () => {
    const { stuur, bevindingen } = await baan(domein);
    await stuur('301', toewijzing(domein, '1'));
    await stuur('323', declaratie(domein, 'D1', [{ nummer: 'P1', toewijzing: '1', uren: 15 }]));
    const correctie = await stuur(
      '323',
      declaratie(domein, 'D2', [
        { nummer: 'P3', toewijzing: '1', uren: 10 },
        { nummer: 'P2', toewijzing: '1', uren: 15, vorig: 'P1' },
      ]),
    );
    expect(codes(await bevindingen(correctie))).toEqual([]);
    const weer = await stuur(
      '323',
      declaratie(domein, 'D3', [{ nummer: 'P4', toewijzing: '1', uren: 15, vorig: 'P1' }]),
    );
    expect(codes(await bevindingen(weer))).toEqual(['TR390']);
  });

  test('a start on no toewijzing is refused with a full retour, and counts as not sent', async () => {
    const { stuur, antwoordOp, bevindingen, leeg } = await baan(domein);
    const zet =
      (nummer: string) =>
      ({ Client }: Bericht<'305'>): void => {
        for (const start of Client.StartProducten.StartProduct) {
          start.ToewijzingNummer = nummer;
          start.Product = PRODUCT[domein];
          start.ToewijzingIngangsdatum = '2026-01-01';
          start.StatusAanlevering = '1';
        }
        Client.StartProducten.StartProduct = Client.StartProducten.StartProduct.slice(0, 1);
      };
    const los = await stuur('305', zet('7'));
    expect(los.status).toBe('afgekeurd');
    expect((await leeg(GEMEENTE)).map(({ berichtId }) => berichtId)).not.toContain(los.berichtId);
    const { Header, Client } = await antwoordOp(los);
    expect(Header.RetourCodes.RetourCode).toEqual(['0200']);
    expect(Client.RetourCodes.RetourCode).toEqual(['0200']);
    expect(Client.StartProducten.StartProduct.RetourCodes.RetourCode).toEqual(['9019']);

    await stuur('301', toewijzing(domein, '7'));
    const goed = await stuur('305', zet('7'));
    expect([goed.status, codes(await bevindingen(goed))]).toEqual(['verwerkt', []]);
    const weer = await stuur('305', zet('7'));
    expect(codes(await bevindingen(weer)).sort()).toEqual(['TR074', 'TR326']);
  });

  test('with retour: zelf the message is delivered with what was found beside it, and the retour of the receiver decides', async () => {
    const { aanbieder, stuur, bevindingen, leeg } = await baan(domein, { retour: 'zelf' });
    const gegeven = await stuur('301', toewijzing(domein, '1'));
    // The aanbieder rejects the toewijzing: it counts as not sent.
    const afwijzing = await stuur('302', ({ Header, ...rest }) => {
      Header.BerichtIdentificatie = leesKop(gegeven.bytes).BerichtIdentificatie;
      Header.RetourCodes = { RetourCode: ['9332'] };
      delete (rest as { Client?: unknown }).Client;
    });
    expect(afwijzing.status).toBe('verwerkt');
    const zonder = await stuur('323', declaratie(domein, 'D1', [{ nummer: 'P1', toewijzing: '1', uren: 2 }]));
    expect(zonder.status).toBe('verwerkt');
    expect((await leeg(GEMEENTE)).map(({ berichtId }) => berichtId)).toContain(zonder.berichtId);
    expect(codes(await bevindingen(zonder))).toEqual(['TR304']);

    // It allocates anew; the gemeente answers the next declaratie itself: one prestatie is sent back.
    await stuur('301', toewijzing(domein, '2'));
    const tweede = await stuur(
      '323',
      declaratie(domein, 'D2', [
        { nummer: 'P2', toewijzing: '2', uren: 2, maand: '04' },
        { nummer: 'P3', toewijzing: '2', uren: 3 },
      ]),
    );
    expect(codes(await bevindingen(tweede))).toEqual([]);
    const antwoord = await stuur('325', (bericht) => beantwoord(bericht, tweede.bytes, ['P3']));
    expect([antwoord.status, codes(await bevindingen(antwoord, aanbieder))]).toEqual(['verwerkt', []]);
    const credits = await stuur(
      '323',
      declaratie(domein, 'D3', [
        { nummer: 'P4', toewijzing: '2', uren: 2, maand: '04', vorig: 'P2' },
        { nummer: 'P5', toewijzing: '2', uren: 3, vorig: 'P3' },
      ]),
    );
    const gevonden = (await bevindingen(credits)).filter(({ ernst }) => ernst === 'fout');
    expect(gevonden.map(({ regel, pad }) => [regel, /Prestatie\[(\d)\]/.exec(pad)?.[1]])).toEqual([['TR323', '2']]);
  });

  test('who is no party to a message learns nothing of what it collides with', async () => {
    const { stuur, aanbieder, bevindingen } = await baan(domein);
    await stuur('301', toewijzing(domein, '1'));
    const gestuurd = await stuur('323', declaratie(domein, 'D1', [{ nummer: 'P1', toewijzing: '1', uren: 40 }]));
    expect((await bevindingen(gestuurd, aanbieder))[0]?.eerder).toHaveLength(1);
    const vreemd = knooppunt.client('0344');
    expect((await vreemd.vraag('GET', `/v1/berichten/${gestuurd.berichtId}/bevindingen`)).status).toBe(404);
    expect(JSON.stringify(await bevindingen(gestuurd))).not.toMatch(/9999\d{5}/);
  });

  test('a dossier that does not say where it begins refuses nothing for what it lacks, and says that it cannot tell', async () => {
    const { stuur, bevindingen, antwoordOp } = await baan(domein, { dossierVolledigVanaf: null });
    const gestuurd = await stuur('323', declaratie(domein, 'D1', [{ nummer: 'P1', toewijzing: '1', uren: 400 }]));
    expect(gestuurd.status).toBe('verwerkt');
    const gevonden = await bevindingen(gestuurd);
    expect(codes(gevonden)).toEqual([]);
    expect(gevonden.map(({ retourcode }) => retourcode)).toContain('0233');
    expect((await antwoordOp(gestuurd)).DeclaratieAntwoord.RetourCodes.RetourCode).toEqual(['8001']);
  });
});

const leesKop = (bytes: Buffer) => lezer.parse(bytes).Bericht.Header;

type Prestatie325 = Los<Klasse<'325', 'Prestatie'>>;

/** Makes a 325 that sends back these prestaties of a declaratie, and grants the rest. */
function beantwoord(bericht: Bericht<'325'>, declaratie: Buffer, terug: readonly string[]): void {
  const { Header, Declaratie } = lezer.parse(declaratie).Bericht;
  bericht.Header.DeclaratieIdentificatie = Header.BerichtIdentificatie;
  bericht.Header.XsdVersieDeclaratie = Header.XsdVersie;
  bericht.Header.BerichtIdentificatie.Dagtekening = Header.BerichtIdentificatie.Dagtekening;
  bericht.Header.XsltVersie = undefined;
  bericht.Header.RetourCodes = { RetourCode: ['0200'] };
  const { Bsn, Prestaties } = Declaratie.Clienten.Client;
  const afgewezen = (Prestaties.Prestatie as Prestatie325[]).filter(({ ProductReferentie }) =>
    terug.includes(ProductReferentie.ReferentieNummer),
  );
  const som = afgewezen.reduce((totaal, { IngediendBedrag }) => totaal + Number(IngediendBedrag.Bedrag), 0);
  const ingediend = Declaratie.TotaalIngediendBedrag;
  bericht.DeclaratieAntwoord = {
    DeclaratieNummer: Declaratie.DeclaratieNummer,
    TotaalIngediendBedrag: ingediend,
    TotaalToegekendBedrag: { ...ingediend, TotaalBedrag: String(Number(ingediend.TotaalBedrag) - som) },
    Clienten: {
      Client: [
        {
          Bsn,
          Prestaties: { Prestatie: afgewezen.map((deel) => ({ ...deel, RetourCodes: { RetourCode: ['9341'] } })) },
          RetourCodes: { RetourCode: ['0200'] },
        },
      ],
    },
    RetourCodes: { RetourCode: ['0200'] },
  };
}

const CASUSSEN = path.join(NORM, 'casus');
const heeftCasus = existsSync(CASUSSEN);
if (!heeftCasus) console.warn(`Skipped: no official cases in ${CASUSSEN}. Set KNOOPPUNT_NORM.`);

interface Stap {
  readonly dagtekening: string;
  readonly bericht: string;
  readonly verwacht: 'goedgekeurd' | 'afgekeurd';
  readonly ToegewezenProduct?: readonly Record<string, string | number>[];
  readonly StartProduct?: readonly Record<string, string | number>[];
  readonly StopProduct?: readonly Record<string, string | number>[];
}
interface Casus {
  readonly titel: string;
  readonly standaard: Domein;
  readonly bsn: string;
  readonly stappen: readonly Stap[];
}
const casussen: readonly Casus[] = heeftCasus
  ? readdirSync(CASUSSEN).map((naam) => JSON.parse(readFileSync(path.join(CASUSSEN, naam), 'utf8')) as Casus)
  : [];

/** A class of the message with the fields that the case gives; all others are free. */
function neemOver(klasse: Record<string, unknown>, velden: Record<string, string | number>): void {
  const { Categorie, Code, Volume, Eenheid, Frequentie, ...rest } = velden;
  klasse.Product = { Categorie, Code };
  if (Volume !== undefined) klasse.Omvang = { Volume: String(Volume), Eenheid, Frequentie };
  for (const [naam, waarde] of Object.entries(rest)) klasse[naam] = String(waarde);
}

describe.skipIf(!heeftCasus)('the official cases', () => {
  test.each(casussen)('$titel', async ({ standaard, bsn, stappen }) => {
    const { stuur, bevindingen, aanbieder } = await baan(standaard);
    for (const { bericht: code, dagtekening, verwacht, ToegewezenProduct, StartProduct, StopProduct } of stappen) {
      const nummer = code.slice(-3) as '301' | '305' | '307';
      const gestuurd = await stuur(nummer, (bericht) => {
        bericht.Header.BerichtIdentificatie.Dagtekening = dagtekening;
        const client = bericht.Client as unknown as Record<string, unknown> & { Bsn: string };
        client.Bsn = bsn;
        const velden = ToegewezenProduct ?? StartProduct ?? StopProduct ?? [];
        const [houder, klasse] = (
          {
            '301': ['ToegewezenProducten', 'ToegewezenProduct'],
            '305': ['StartProducten', 'StartProduct'],
            '307': ['StopProducten', 'StopProduct'],
          } as const
        )[nummer];
        const voorbeelden = (client[houder] as Record<string, Record<string, unknown>[]>)[klasse] ?? [];
        client[houder] = {
          [klasse]: velden.map((deze) => {
            const {
              ReferentieAanbieder: _,
              Commentaar: _c,
              Budget: _b,
              RedenWijziging: _r,
              ...kopie
            } = voorbeelden[0] ?? {};
            neemOver(kopie, deze);
            return kopie;
          }),
        };
      });
      const wie = nummer === '301' ? aanbieder : GEMEENTE;
      const gevonden = await bevindingen(gestuurd, wie);
      expect({ code, dagtekening, status: gestuurd.status, fouten: codes(gevonden) }).toEqual({
        code,
        dagtekening,
        status: verwacht === 'goedgekeurd' ? 'verwerkt' : 'afgekeurd',
        fouten: verwacht === 'goedgekeurd' ? [] : expect.any(Array),
      });
    }
  });
});
