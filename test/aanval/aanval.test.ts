/**
 * The suite of an attacker: requests of somebody who means harm, through the front door of a Knooppunt that runs. Each gets exactly its refusal,
 * in a bounded time, without a stack, without a word of what was sent, and with nothing left behind. At the end the knooppunt works as before.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { STUF_FOUTEN, type StufFoutSoort } from '#src/envelop/stuf-fout.ts';
import { maakBericht, voorbeeld, waardeVan } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { telling, verwachtWeigering } from '../hulp/weigering.ts';
import { uitslagenVan } from '../hulp/zip.ts';
import { AANMELDEN } from './aanmelden.ts';
import { andermans } from './andermans.ts';
import { BOMMEN, XML, ZIPBESTANDEN, zipVerzoek } from './bommen.ts';
import { AANBIEDER, BSN, DERDE, GEMEENTE, haal, lever, MERK } from './types.ts';
import { VORM } from './vorm.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());

const bericht = await knooppunt.client(GEMEENTE).leverAan(maakBericht('WMO301'), randomUUID());
const GROEPEN = [AANMELDEN, andermans(bericht.lichaam.berichtId), VORM, BOMMEN];
/** Far more than any of them takes; a request that hangs or blows up takes longer. */
const MAX_MS = 15_000;

/** What no answer to an attacker may hold. */
function verwachtStil({ koppen, lijf }: RauwAntwoord): void {
  const alles = JSON.stringify(koppen) + lijf;
  expect(alles).not.toMatch(/node_modules|\/src\/|\.ts:\d+|\bat [\w.]+ \(|root:|SyntaxError|select |insert |ECONN|pg_/);
  for (const woord of [MERK, BSN, 'passwd']) expect(alles).not.toContain(woord);
  expect(koppen).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  expect(koppen['x-powered-by']).toBeUndefined();
  expect(koppen['set-cookie']).toBeUndefined();
}

function verwachtFo03({ status, koppen, lijf }: RauwAntwoord, soort: StufFoutSoort): void {
  const { code, plek, omschrijving } = STUF_FOUTEN[soort];
  expect([status, koppen['content-type']], lijf).toEqual([
    soort === 'nietAangemeld' ? 401 : 500,
    'text/xml; charset=utf-8',
  ]);
  expect([waardeVan(lijf, 'code'), waardeVan(lijf, 'plek')]).toEqual([code, plek]);
  expect(waardeVan(lijf, 'omschrijving')).toBe(omschrijving);
}

for (const { naam, aanvallen } of GROEPEN) {
  describe(`${naam}:`, () => {
    test.each(aanvallen)('$naam', async ({ verzoek, weigering }) => {
      const { regels: _, ...eerst } = await telling(knooppunt.database);
      const begin = performance.now();
      const antwoord = await stuur(knooppunt.adres, verzoek());
      expect(performance.now() - begin).toBeLessThan(MAX_MS);
      if (typeof weigering === 'string') verwachtWeigering(antwoord, weigering);
      else verwachtFo03(antwoord, weigering.stuf);
      verwachtStil(antwoord);
      expect(await telling(knooppunt.database)).toMatchObject(eerst);
    });
  });
}

describe('a file in a ZIP that is taken:', () => {
  test.each(ZIPBESTANDEN)('%s', async (_naam, bytes, soort) => {
    const { regels: _, ...eerst } = await telling(knooppunt.database);
    const antwoord = await stuur(knooppunt.adres, zipVerzoek(bytes()));
    expect(uitslagenVan(antwoord).map(({ probleem }) => probleem?.type)).toEqual([`urn:x-knooppunt:fout:${soort}`]);
    expect(antwoord.lijf).not.toMatch(/\p{C}|\\u202e|\\[rn]/u);
    expect(await telling(knooppunt.database)).toMatchObject(eerst);
  });
});

describe('only to be checked:', () => {
  test.each(XML.slice(0, 8))('%s is no message, and fetches nothing', async (_naam, xml) => {
    const begin = performance.now();
    const antwoord = await stuur(knooppunt.adres, { ...lever(xml()), pad: '/v1/controles' });
    expect(performance.now() - begin).toBeLessThan(MAX_MS);
    expect(antwoord.status, antwoord.lijf).toBe(200);
    expect(JSON.parse(antwoord.lijf)).toMatchObject({ geldig: false });
    verwachtStil(antwoord);
  });
});

describe('what reaches for the inside of an object finds nothing:', () => {
  test.each([
    'aantal[]=1',
    'aantal[$gt]=1',
    'status[]=verwerkt',
    '__proto__[beheerder]=true',
    'constructor.prototype.x=1',
  ])('a search for %s is a search for everything of one self', async (vraag) => {
    const alles = await stuur(knooppunt.adres, haal('/v1/berichten', DERDE));
    const antwoord = await stuur(knooppunt.adres, haal(`/v1/berichten?${vraag}`, DERDE));
    expect([antwoord.status, antwoord.lijf]).toEqual([200, alles.lijf]);
    expect(({} as Record<string, unknown>).beheerder).toBeUndefined();
  });
});

test('there are at least 150 of them, all different', () => {
  const namen = GROEPEN.flatMap(({ naam, aanvallen }) => aanvallen.map((aanval) => `${naam}: ${aanval.naam}`));
  expect(namen.length + ZIPBESTANDEN.length).toBeGreaterThanOrEqual(150);
  expect(new Set(namen).size).toBe(namen.length);
});

describe('enumeration:', () => {
  const vraag = (id: string, deel: string): Promise<RauwAntwoord> =>
    stuur(knooppunt.adres, haal(`/v1/berichten/${id}${deel}`, DERDE));

  test.each(['', '/inhoud', '/bevindingen', '/bezorging'])(
    'a message of others%s and one that does not exist get the same answer, word for word',
    async (deel) => {
      const [anders, nergens] = [await vraag(bericht.lichaam.berichtId, deel), await vraag(randomUUID(), deel)];
      // Of each request its own: the moment, and the trace that it is part of.
      const zonderTijd = ({ date: _, traceparent: __, ...koppen }: RauwAntwoord['koppen']) => koppen;
      expect([anders.status, anders.lijf]).toEqual([nergens.status, nergens.lijf]);
      expect(zonderTijd(anders.koppen)).toEqual(zonderTijd(nergens.koppen));
    },
  );

  test('and in the same time', async () => {
    const tijden: [number[], number[]] = [[], []];
    const ids = () => [bericht.lichaam.berichtId, randomUUID()] as const;
    for (let keer = 0; keer < 120; keer += 1) {
      for (const nr of keer % 2 ? ([0, 1] as const) : ([1, 0] as const)) {
        const begin = performance.now();
        await vraag(ids()[nr], '');
        // The first ones warm up.
        if (keer >= 20) tijden[nr].push(performance.now() - begin);
      }
    }
    const midden = (rij: number[]): number => rij.sort((een, ander) => een - ander)[rij.length >> 1] ?? 0;
    const [anders, nergens] = tijden.map(midden) as [number, number];
    // Reading a row takes microseconds; deciding by what is in a message would take more. Both are measured side by side.
    expect(Math.max(anders, nergens) / Math.min(anders, nergens)).toBeLessThan(2);
  });

  test('what is confirmed of another stays where it is', async () => {
    const { berichtId } = bericht.lichaam;
    const bevestig = await knooppunt
      .client(DERDE)
      .vraag('POST', `/v1/postbussen/${DERDE}/bevestigingen`, { berichtIds: [berichtId] });
    const nergens = await knooppunt
      .client(DERDE)
      .vraag('POST', `/v1/postbussen/${DERDE}/bevestigingen`, { berichtIds: [randomUUID()] });
    expect(bevestig.status).toBe(nergens.status);
    expect(Object.keys(JSON.parse(bevestig.lichaam.toString()))).toEqual(
      Object.keys(JSON.parse(nergens.lichaam.toString())),
    );
  });
});

describe('the same again:', () => {
  test('a message that is sent again is one message', async () => {
    const [nummer, lijf] = [randomUUID(), maakBericht('WMO301', { identificatie: 'HERHAAL' })];
    const eerste = await knooppunt.client(GEMEENTE).leverAan(lijf, nummer);
    const tweede = await knooppunt.client(GEMEENTE).leverAan(lijf, nummer);
    expect(tweede.lichaam.berichtId).toBe(eerste.lichaam.berichtId);
    const ander = await stuur(knooppunt.adres, lever(voorbeeld('WMO301'), { Referentienummer: nummer }));
    verwachtWeigering(ander, 'referentienummerNietUniek');
  });

  test('a number that another sender used says nothing of that', async () => {
    const nummer = randomUUID();
    await knooppunt.client(GEMEENTE).leverAan(maakBericht('WMO301', { identificatie: 'A' }), nummer);
    const lijf = maakBericht('WMO301', { identificatie: 'B', afzender: DERDE, ontvanger: AANBIEDER });
    expect((await knooppunt.client(DERDE).leverAan(lijf, nummer)).status).toBe(202);
  });
});

describe('after all this', () => {
  test('none of it was a failure of the knooppunt, and nothing of it stands in the log', () => {
    expect(knooppunt.log()).not.toContain('verzoek mislukt');
    for (const woord of [MERK, BSN]) expect(knooppunt.log()).not.toContain(woord);
  });

  test('an ordinary message goes as ever', async () => {
    expect((await stuur(knooppunt.adres, lever(voorbeeld('WMO301')))).status).toBe(202);
  });
});
