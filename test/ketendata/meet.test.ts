import { test } from 'vitest';
import { vraagCijfers } from '#src/ketendata/inzicht/opvragen.ts';
import { publiceerLandelijk } from '#src/ketendata/inzicht/publicatie.ts';
import { INDICATOREN } from '#src/ketendata/inzicht/regels/indicatoren.ts';
import { Routering } from '#src/routering/routering.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { vulKetencijfer } from './vulling.ts';

test('meet', async () => {
  const { database, weg } = await maakGegevensbank({ max: 4 });
  const t0 = performance.now();
  const [g, a, w, d] = (process.env.OMV ?? '40,300,52,5').split(',').map(Number) as [number, number, number, number];
  await vulKetencijfer(database, { gemeenten: g, aanbieders: a, weken: w, laatste: '2026-11-16', dichtheid: d });
  const { rows } = await database.pool.query(
    "select count(*), pg_size_pretty(pg_total_relation_size('ketencijfer')) s from ketencijfer",
  );
  console.log('fill', performance.now() - t0, rows[0]);
  const plek = { database, routering: new Routering(database) };
  const nu = new Date('2026-11-25T12:00:00Z');
  const g1 = { id: 'x', namens: new Set(['0003', '98000007']), beheerder: false, landelijk: true };
  const basis = {
    weken: { eerste: '2025-11-24', laatste: '2026-11-16' },
    vergelijk: 'vorige' as const,
    indicatoren: INDICATOREN.filter((i) => true),
    filter: { domeinen: ['iwmo', 'ijw'] as const },
  };
  const meet = async (naam: string, vraag: any) => {
    for (let i = 0; i < 3; i++) {
      const t = performance.now();
      const r = await vraagCijfers(plek, g1, { ...basis, ...vraag }, nu);
      console.log(naam, (performance.now() - t).toFixed(1), 'ms', r.cijfers.length);
    }
  };
  await meet('gemeente', { weergave: 'gemeente', code: '0003' });
  await meet('gemeente week', { weergave: 'gemeente', code: '0003', splitsing: 'week' });
  await meet('gemeente soort', { weergave: 'gemeente', code: '0003', splitsing: 'berichtsoort' });
  await meet('gemeente tegenpartij R1', {
    weergave: 'gemeente',
    code: '0003',
    splitsing: 'tegenpartij',
    indicatoren: INDICATOREN.filter((i) => i.id.startsWith('R1-')),
  });
  await meet('gemeente tegenpartij alle', { weergave: 'gemeente', code: '0003', splitsing: 'tegenpartij' });
  await meet('aanbieder', { weergave: 'aanbieder', code: '98000007' });
  await meet('aanbieder tegenpartij R1', {
    weergave: 'aanbieder',
    code: '98000007',
    splitsing: 'tegenpartij',
    indicatoren: INDICATOREN.filter((i) => i.id.startsWith('R1-')),
  });
  const t1 = performance.now();
  const v = await publiceerLandelijk(database, { actor: 'proef', reden: 'voor de proef' }, nu);
  console.log('publiceer', performance.now() - t1, v.length, JSON.stringify(v[0]));
  await meet('landelijk', { weergave: 'landelijk', code: '', indicatoren: INDICATOREN.filter((i) => i.landelijk) });
  await meet('landelijk soort', {
    weergave: 'landelijk',
    code: '',
    splitsing: 'berichtsoort',
    indicatoren: INDICATOREN.filter((i) => i.landelijk),
  });
  await weg();
}, 600_000);
