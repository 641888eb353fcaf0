/** How long a page of the portal takes with a million stored messages: every page that a gemeente and an aanbieder can reach, time and again. */
import { isPagina, soortVan } from '../gereedschap/schermafdrukken.ts';
import { demogebruikerId } from '../src/toegang/gebruikers/demo.ts';
import { Browser } from '../test/hulp/browser.ts';
import { partijen } from './berichten.ts';
import { percentiel, rond } from './getallen.ts';
import { metDatabase, startDiensten, startKnooppunt } from './opstelling.ts';
import type { Benchmark } from './types.ts';
import { vul } from './vulling.ts';

const KEREN = 20;

/**
 * A year of figures of one gemeente with 300 aanbieders, at the levels that its pages read; and the same of one aanbieder with 40 gemeenten.
 * $1, $2: gemeente and aanbieder.
 */
const CIJFERS = `
insert into ketencijfer (week, domein, gemeente, aanbieder, berichtsoort, release, meting, sleutel, aantal, som)
select week, 'iwmo', case when van_gemeente then $1 else case when ander = 0 then '' else lpad(ander::text, 4, '0') end end,
  case when van_gemeente then case when ander = 0 then '' else (98001000 + ander)::text end else $2 end,
  soort, '3.2', meting, sleutel, 5, 100
from generate_series(date_trunc('week', now())::date - 52 * 7, date_trunc('week', now())::date - 7, interval '7 days') as week
cross join (values (true, 300), (false, 40)) as kant (van_gemeente, anderen) cross join lateral generate_series(0, anderen) as ander
cross join (values ('WMO301'), ('WMO305'), ('WMO307'), ('WMO323')) as soorten (soort)
cross join (values ('volume', ''), ('uitkomst', 'verwerkt'), ('uitkomst', 'afgekeurd'), ('retour', 'schoon'), ('norm-R1', '0'), ('norm-R1', '2'),
  ('norm-R1', '5'), ('doorlooptijd', '1000')) as metingen (meting, sleutel)
on conflict do nothing`;

/** One page of each kind. */
async function paginasVan(browser: Browser): Promise<readonly string[]> {
  const gevonden = new Map<string, string>();
  const rij = ['/portaal'];
  while (rij.length > 0) {
    const pad = (rij.shift() ?? '').replace(/#.*/, '').replaceAll('&amp;', '&');
    if (gevonden.has(soortVan(pad)) || !isPagina(pad)) continue;
    const { tekst, status } = await browser.haal(pad);
    if (status !== 200) continue;
    gevonden.set(soortVan(pad), pad);
    rij.push(...[...tekst.matchAll(/href="(\/portaal[^"]*)"/g)].map(([, adres = '']) => adres));
  }
  return [...gevonden.values()];
}

export const portaal: Benchmark = {
  rijen: [
    {
      naam: 'portaal-p95-ms',
      wat: 'Traagste pagina van het portaal (p95) met een miljoen berichten; referentie: 200 ms',
      doel: { tekst: '≤ 200 ms', gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= 200 },
    },
  ],
  async voer(context) {
    const opgeslagen = context.kort ? 10_000 : 1_000_000;
    await using stapel = new AsyncDisposableStack();
    const diensten = stapel.use(await startDiensten(context));
    const knooppunt = stapel.use(await startKnooppunt(diensten, { database: 'portaal' }));
    await vul(knooppunt.databaseUrl, opgeslagen, context.meld);
    const { gemeente, aanbieder } = partijen(0);
    await metDatabase(knooppunt.databaseUrl, async (client) => {
      for (const [wie, code] of [
        ['gemeente', gemeente],
        ['aanbieder', aanbieder],
      ] as const)
        await client.query('update gebruiker set organisatie = $2 where id = $1', [demogebruikerId(wie), code]);
      context.meld('portaal: cijfers worden geladen');
      await client.query(CIJFERS, [gemeente, aanbieder]);
      await client.query('vacuum analyze ketencijfer');
    });
    const perPagina = new Map<string, number>();
    for (const wie of ['gemeente', 'aanbieder']) {
      const browser = new Browser(`http://127.0.0.1:${knooppunt.poort}`);
      await browser.wordt(wie);
      for (const pad of await paginasVan(browser)) {
        const tijden: number[] = [];
        for (let keer = 0; keer < KEREN; keer += 1) {
          const begin = performance.now();
          await browser.haal(pad);
          tijden.push(performance.now() - begin);
        }
        perPagina.set(`${wie} ${soortVan(pad)}`, percentiel(tijden, 0.95));
      }
    }
    const gesorteerd = [...perPagina].sort(([, a], [, b]) => b - a);
    for (const [naam, ms] of gesorteerd.slice(0, 10)) context.meld(`portaal ${naam}: ${rond(ms)} ms`);
    return [
      {
        naam: 'portaal-p95-ms',
        eenheid: 'ms',
        knooppunt: rond(gesorteerd[0]?.[1] ?? 0),
        referentie: 200,
        omstandigheden: {
          ...(await diensten.omstandigheden()),
          opgeslagen,
          paginas: perPagina.size,
          traagste: gesorteerd[0]?.[0] ?? '-',
          keren: KEREN,
          methode: 'elke soort pagina na elkaar opgehaald door één gebruiker; p95 van de traagste pagina',
        },
      },
    ];
  },
};
