/** The crash tests, short form: with a PostgreSQL and a Redis of which the test can cut the power. */
import { expect, test } from 'vitest';
import { maakToeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { RONDE_MS, speelKort } from './kort.ts';
import { maakLos, type Opstelling } from './opstelling.ts';
import { speelRonde } from './ronde.ts';
import { KORT, SCENARIOS } from './rondes.ts';

/** Runs PostgreSQL so that it acknowledges a commit before it is on disk. */
async function maakLichtgelovig({ knooppunt, los }: Opstelling): Promise<void> {
  await knooppunt.doodAlles();
  await los?.postgres.stop();
  await los?.postgres.start({ synchronous_commit: 'off', wal_writer_delay: '10s' });
  await knooppunt.start();
}

speelKort('with PostgreSQL and Redis run by the test', 'los', maakLos, (opstelling) => {
  test('the check would notice: receipts given before the message was on disk', {
    timeout: RONDE_MS,
  }, async (proef) => {
    const scenario = SCENARIOS.find(({ acties }) => acties.some(({ doe }) => doe === 'stroom weg'));
    if (scenario === undefined) throw new Error('No scenario cuts the power.');
    const strengste = { ...scenario, acties: [{ doe: 'stroom weg', bewaar: 0 }] } as const;
    await maakLichtgelovig(opstelling(proef));
    const { problemen } = await speelRonde(opstelling(proef), strengste, KORT, 'x', maakToeval(ZAAD).tak('x'));
    const kwijt = problemen.filter((probleem) => probleem.startsWith('receipt without a message'));
    console.log(`synchronous_commit=off and a power cut: ${kwijt.length} receipts lost, as it should be here`);
    expect(kwijt).not.toEqual([]);
  });
});
