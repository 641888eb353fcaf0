/**
 * What holds of every answer to every message, whatever was found: valid, in the form that the norm gives it, content unchanged, amounts
 * that add up. A failure prints its seed; `ZAAD=… npx vitest run test/retourberichten` repeats it, RONDES=… plays more.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Antwoord, antwoord } from '#src/retourberichten/antwoord.ts';
import type { Bevinding } from '#src/standards/bevinding.ts';
import type { Berichtsoort } from '#src/standards/catalogus.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import type { Inhoud, Waarde } from '#src/xml/structuur.ts';
import { valideer } from '#src/xml/xsd.ts';
import { HEENBERICHTEN } from '../hulp/berichten.ts';
import { alsBytes } from '../hulp/bouwer.ts';
import { berichten, RETOURCODES, som } from './berichten.ts';
import { alsLijsten, gelezen, HEADER, type Plek, plekken, type Vondst, verwacht } from './orakel.ts';

const RONDES = Number(process.env.RONDES ?? 100);
const OPTIES = { heenId: '0195a000-0000-7000-8000-000000000001', moment: new Date('2026-03-15T12:00:00Z') };

interface Proef {
  readonly inhoud: Inhoud;
  readonly vondsten: readonly Vondst[];
  readonly nietBeoordeeld: ReadonlySet<string>;
}

const vondst = (
  plaatsen: readonly Plek[],
  niveaus: readonly Vondst['niveau'][],
  ernsten: readonly Vondst['ernst'][] = ['fout'],
): fc.Arbitrary<Vondst> => {
  // First the class, then the element: most elements stand in few classes.
  const perKlasse = Object.values(Object.groupBy(plaatsen, ({ klasse }) => klasse)) as Plek[][];
  const plek = fc.constantFrom(...perKlasse).chain((groep) => fc.constantFrom(...groep));
  const rest = fc.record({
    ernst: fc.constantFrom(...ernsten),
    niveau: fc.constantFrom(...niveaus),
    code: fc.constantFrom(...RETOURCODES),
  });
  return fc.tuple(plek, rest).map(([{ pad, klasse }, meer]) => ({ pad, klasse, ...meer }));
};

/** Findings of each kind that leads to another form of answer. */
function vondsten(alle: readonly Plek[]): fc.Arbitrary<readonly Vondst[]> {
  const header = alle.filter(({ klasse }) => klasse === HEADER);
  const rest = alle.filter(({ klasse }) => klasse !== HEADER);
  const zacht = fc.array(vondst(alle, [2, 3, 4], ['waarschuwing']), { maxLength: 3 });
  const meng = (fouten: fc.Arbitrary<Vondst>, minLength: number): fc.Arbitrary<readonly Vondst[]> =>
    fc
      .tuple(fc.array(fouten, { minLength, maxLength: 6 }), zacht)
      .chain(([hard, ook]) => fc.shuffledSubarray([...hard, ...ook], { minLength: hard.length + ook.length }));
  return fc.oneof(
    zacht,
    meng(vondst(alle, [2, 2, 3, 4]), 2),
    meng(vondst(header, [3, 4]), 1),
    meng(vondst(alle, [3, 4]), 2),
    { arbitrary: meng(vondst(rest, [3, 4]), 1), weight: 4 },
  );
}

const proeven = (heen: Berichtsoort): fc.Arbitrary<Proef> =>
  berichten(heen).chain((inhoud) => {
    const alle = plekken(heen, inhoud);
    const klassen = [...new Set(alle.map(({ klasse }) => klasse))];
    return fc.record({
      inhoud: fc.constant(inhoud),
      vondsten: vondsten(alle),
      nietBeoordeeld: fc.subarray(klassen).map((paden) => new Set(paden)),
    });
  });

const alsBevinding = ({ ernst, niveau, pad, code }: Vondst): Bevinding => ({
  ernst,
  niveau,
  regel: 'TR000',
  retourcode: code,
  pad,
  regelnummer: 0,
  melding: '',
});

/** Frozen all the way down, so that a composer that changes what it was given fails. */
function bevroren<T>(waarde: T): T {
  if (typeof waarde === 'object' && waarde !== null) Object.values(Object.freeze(waarde)).forEach(bevroren);
  return waarde;
}

/** Of a declaratie, as the check hands it over: clients without any finding are holes. */
function metGaten(inhoud: Inhoud, paden: readonly string[]): Inhoud {
  const declaratie = inhoud.Declaratie as Inhoud | undefined;
  if (!declaratie) return inhoud;
  const alle = (declaratie.Clienten as { readonly Client: readonly Inhoud[] }).Client;
  const Client: Inhoud[] = [];
  for (const [nr, client] of alle.entries()) {
    const pad = `/Bericht/Declaratie/Clienten/Client${alle.length > 1 ? `[${nr + 1}]` : ''}`;
    if (paden.some((ander) => ander === pad || ander.startsWith(`${pad}/`))) Client[nr] = client;
  }
  Client.length = alle.length;
  return { ...inhoud, Declaratie: { ...declaratie, Clienten: { Client } } };
}

function geldig(bytes: Uint8Array, van: Berichtsoort): void {
  const uitslag = valideer(bytes, van.xsd);
  if (uitslag.geldig) uitslag.document.dispose();
  else expect.fail(`${van.code}: ${JSON.stringify(uitslag.fouten)}`);
}

/** SOM(Prestatie.IngediendBedrag) = TotaalIngediendBedrag - TotaalToegekendBedrag, unless the Declaratie itself is refused (TR342). */
function totalenKloppen(bytes: Uint8Array, van: Berichtsoort, geweigerd: boolean): void {
  const declaratie = leesInhoud(bytes, structuurVan(van)).DeclaratieAntwoord as Inhoud | undefined;
  if (!declaratie) return;
  const totaal = (element: string): bigint => {
    const { TotaalBedrag, DebetCredit } = declaratie[element] as Inhoud;
    return som({ Bedrag: TotaalBedrag, DebetCredit } as Inhoud);
  };
  const { DebetCredit, TotaalBedrag } = declaratie.TotaalToegekendBedrag as Inhoud;
  if (Number(TotaalBedrag) === 0) expect(DebetCredit).toBe('D');
  if (geweigerd) expect(totaal('TotaalToegekendBedrag')).toBe(0n);
  else {
    const terug = som((declaratie.Clienten as Waarde) ?? {});
    expect(terug).toBe(totaal('TotaalIngediendBedrag') - totaal('TotaalToegekendBedrag'));
  }
}

function controleer(heen: Berichtsoort, proef: Proef): void {
  const inhoud = bevroren(proef.inhoud);
  const { vondsten: gevonden, nietBeoordeeld } = proef;
  const stel = (van: Inhoud, bij: readonly Vondst[]): Antwoord | undefined =>
    antwoord(heen, van, bij.map(alsBevinding), { ...OPTIES, nietBeoordeeld });
  const eerste = stel(inhoud, gevonden);
  if (!eerste) throw new Error(`${heen.code} has no answer`);
  const { soort: terug, identificatie, bytes } = eerste;
  expect(terug.code).toBe(heen.antwoord);
  geldig(bytes, terug);
  const geval = { soort: heen, antwoord: terug, inhoud, vondsten: gevonden, nietBeoordeeld };
  expect(gelezen(bytes)).toEqual(verwacht({ ...geval, identificatie, dag: '2026-03-15' }));
  const geweigerd = gevonden.some(({ ernst, klasse }) => ernst === 'fout' && klasse === '/Bericht/Declaratie');
  totalenKloppen(bytes, terug, geweigerd);
  // The same again; of a declaratie with the clients that matter only; and without what has no consequence.
  const paden = gevonden.map(({ pad }) => pad);
  const fouten = gevonden.filter(({ ernst }) => ernst === 'fout');
  const gelijk = [
    stel(structuredClone(inhoud), gevonden),
    stel(metGaten(inhoud, paden), gevonden),
    stel(inhoud, fouten),
  ];
  for (const ander of gelijk) expect(ander?.bytes.equals(bytes)).toBe(true);
}

describe.each(HEENBERICHTEN)('$code', (heen) => {
  test('gets the answer that the norm describes, whatever was found', () => {
    fc.assert(
      fc.property(proeven(heen), (proef) => controleer(heen, proef)),
      { numRuns: RONDES },
    );
  });

  test('the messages of this test satisfy the XSD, and are read back as they were made', () => {
    fc.assert(
      fc.property(berichten(heen), (inhoud) => {
        const bytes = alsBytes(inhoud, heen);
        geldig(bytes, heen);
        expect(alsLijsten(leesInhoud(bytes, structuurVan(heen)))).toEqual(alsLijsten(inhoud));
      }),
      { numRuns: RONDES },
    );
  });
});
