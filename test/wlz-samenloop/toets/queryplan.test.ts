/** A toets reads the rows of one person, whoever it is and however many there are in the register. */
import { afterAll, expect, test } from 'vitest';
import { leesConfig } from '#src/config.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { Routering } from '#src/routering/routering.ts';
import { toets } from '#src/wlz-samenloop/toets/toets.ts';
import { maakGegevensbank } from '../../hulp/gegevensbank.ts';
import { gebruikt, zonderVoorwaarde } from '../../hulp/plannen.ts';
import { maakTijdelijkeMap } from '../../hulp/tijdelijk.ts';
import { testBsn } from '../../hulp/wlz.ts';

const { database, weg } = await maakGegevensbank();
const map = await maakTijdelijkeMap();
afterAll(async () => {
  await weg();
  await map.weg();
});

test('by its index, for a person who is in the register and for one who is not', async () => {
  await registreer(database, demoOrganisaties());
  await database.pool.query(`
    insert into wlz_indicatie select n, sha256(n::text::bytea), '2024-01-01', null, null, gen_random_uuid() from generate_series(1, 50000) n;
    insert into wlz_levering (id, vorm, soort, volgnummer, peilmoment, aantal, sha256, toestand, actor, geeindigd_op)
      values ('00000000-0000-4000-8000-000000000000', 'ciz-dat', 'VOLLEDIG', 1, now(), 50000, repeat('a', 64), 'verwerkt', 'proef', now());
    insert into wlz_register select true, id, volgnummer, peilmoment, aantal from wlz_levering;
    analyze`);
  const config = leesConfig({ KNOOPPUNT_DATA: map.pad });
  const knopen = await gebruikt(database, (afgeluisterd) =>
    toets(
      {
        database: afgeluisterd,
        sleutels: leesSleutels(config),
        routering: new Routering(database),
        wlz: config.wlz,
        alleenTestBsn: false,
      },
      { id: 'proef', namens: new Set(['0363']), beheerder: false },
      { bsn: testBsn(0), doel: '2.3.5' },
    ),
  );
  expect(zonderVoorwaarde(knopen, ['wlz_indicatie', 'logboek'])).toEqual([]);
  expect(knopen.map((knoop) => knoop['Index Name'])).toContain('wlz_indicatie_bsn');
});
