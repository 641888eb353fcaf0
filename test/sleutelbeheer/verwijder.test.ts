/** Removing a data key: never of what is still needed, always in the audit log, and what it encrypted is gone. */
import { afterAll, expect, test } from 'vitest';
import { leesGegevenssleutels, maakGegevenssleutel } from '#src/opslag/gegevenssleutels.ts';
import { ontsleutel } from '#src/opslag/versleuteling.ts';
import { herversleutelAlles } from '#src/sleutelbeheer/draai.ts';
import { NALOOP_MS, telOnder, verwijderSleutel } from '#src/sleutelbeheer/verwijder.ts';
import { leesInhoud } from '#src/verwerking/volgen.ts';
import { bewaarBsn } from '#src/wlz-samenloop/wmo/bsn.ts';
import { neemIn } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { vulPostbus } from '../hulp/vulling.ts';
import { maakSleutelbank } from './hulp.ts';

const bank = await maakSleutelbank();
afterAll(() => bank.weg());
const { database, sleutels } = bank;
const vraag = (id: string, nu = new Date(Date.now() + 2 * NALOOP_MS)) => ({ id, actor: 'proef', reden: 'proef', nu });
/** Another key takes over. @returns the one that did so far */
async function losAf(doel: 'inhoud' | 'vast'): Promise<string> {
  const oud = doel === 'inhoud' ? sleutels.actief : sleutels.vast;
  await maakGegevenssleutel(database.pool, sleutels.kluis, doel, new Date());
  await sleutels.ververs();
  return oud;
}

test('the active key, one that is to come and one that does not exist are refused', async () => {
  const later = await maakGegevenssleutel(database.pool, sleutels.kluis, 'inhoud', new Date(Date.now() + 3600_000));
  for (const [id, waarom] of [
    [sleutels.actief, /in gebruik/],
    [later, /in gebruik/],
    ['s1', /geen gegevenssleutel/],
    ["x'; drop table inhoud; --", /geen gegevenssleutel/],
  ] as const)
    await expect(verwijderSleutel(database, vraag(id, new Date())), id).rejects.toThrow(waarom);
  await database.pool.query('delete from gegevenssleutel where id = $1', [later]);
});

test('a key that was just relieved is refused: an upload that began with it may still come in', async () => {
  const oud = await losAf('inhoud');
  await expect(verwijderSleutel(database, vraag(oud, new Date()))).rejects.toThrow(/kwartier/);
});

test.each(['te_bezorgen', 'opgehaald', 'onbestelbaar'] as const)(
  'a key of a message that is %s is refused, and the message stays readable',
  async (bezorging) => {
    const oud = await losAf('inhoud').then(() => sleutels.actief);
    const [id = ''] = await vulPostbus(database, sleutels, { postbus: '98000003', aantal: 1, bezorging });
    await losAf('inhoud');
    await expect(verwijderSleutel(database, vraag(oud))).rejects.toThrow(/1 berichten/);
    expect(await leesInhoud(database, await bank.open(), id)).toBeDefined();
  },
);

test('a key of a message that was not processed is refused', async () => {
  await losAf('inhoud');
  const oud = sleutels.actief;
  await neemIn({ database, sleutels }, [{ afzender: '0363', bytes: maakBericht('WMO301') }]);
  await losAf('inhoud');
  await expect(verwijderSleutel(database, vraag(oud))).rejects.toThrow(/1 berichten/);
});

test('a key of what outlives a message is refused, until that is under another one', async () => {
  const bsn = bewaarBsn(sleutels, '999900006');
  await database.pool.query(
    `insert into wmo_dossierfeit (bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, bsn_hmac, sleutel_id, cijfertekst)
     values (gen_random_uuid(), 1, '0363', '98000001', '1', 'stop', 1, $1, $2, $3)`,
    [bsn.hmac, bsn.sleutelId, bsn.cijfertekst],
  );
  const oud = await losAf('vast');
  await expect(verwijderSleutel(database, vraag(oud))).rejects.toThrow(/die blijven/);
  await herversleutelAlles({ database, sleutels, actor: 'proef' });
  await verwijderSleutel(database, vraag(oud));
});

test('what was confirmed is gone: its ciphertext opens with nothing that is left, and the message says so without an error', async () => {
  await losAf('inhoud');
  const oud = sleutels.actief;
  const [id = ''] = await vulPostbus(database, sleutels, { postbus: '98000004', aantal: 1, bezorging: 'bevestigd' });
  await losAf('inhoud');
  expect(await telOnder(database.pool, oud)).toEqual({ nodig: 0, rest: 1 });
  expect(await verwijderSleutel(database, vraag(oud))).toBe(1);
  const nieuw = await bank.open();
  const { rows } = await database.pool.query(
    'select sleutel_id as "sleutelId", cijfertekst from inhoud where bericht_id = $1',
    [id],
  );
  expect(rows).toHaveLength(1);
  expect(() => ontsleutel(nieuw, id, rows[0])).toThrow(oud);
  // A process that runs forgets it with its next look.
  await sleutels.ververs();
  for (const ring of [nieuw, sleutels]) expect(await leesInhoud(database, ring, id)).toBeUndefined();
  expect((await leesGegevenssleutels(database.pool)).find((rij) => rij.id === oud)).toMatchObject({
    gewikkeld: null,
    hoofdId: null,
  });
  await expect(verwijderSleutel(database, vraag(oud))).rejects.toThrow(/al verwijderd/);
  const { rows: regels } = await database.pool.query(
    `select actor, resultaat, details from logboek where gebeurtenis = 'sleutel verwijderd' order by nr desc limit 1`,
  );
  expect(regels).toEqual([
    { actor: 'proef', resultaat: 'verwijderd', details: { sleutel: oud, onleesbaar: 1, reden: 'proef' } },
  ]);
});

test('a rotation passes over what is gone', async () => {
  await herversleutelAlles({ database, sleutels, actor: 'proef' });
});
