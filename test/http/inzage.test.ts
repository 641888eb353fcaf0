/** Who may look at what: a third party does not even learn that a message exists, and enters no postbus or setting of another. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { WeigeringSoort } from '#src/fouten.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { haalOp, verstuur, vraagJson } from '../hulp/reis.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

const [AFZENDER, ONTVANGER, DERDE, BEHEER] = ['0363', '98000001', '0344', 'beheer'] as const;
const goed = await verstuur(knooppunt.client(AFZENDER), maakBericht('WMO301'));
const fout = await verstuur(knooppunt.client(AFZENDER), maakBericht('WMO301', { geldig: false }));
const onbekend = { berichtId: randomUUID() };

type Uitkomst = 200 | WeigeringSoort;
async function verwacht(
  wie: string,
  methode: string,
  pad: string,
  lijf: object | undefined,
  uitkomst: Uitkomst,
): Promise<void> {
  const antwoord = await stuur(knooppunt.adres, {
    methode,
    pad,
    koppen: { Authorization: `Bearer demo-${wie}`, ...(lijf && { 'Content-Type': 'application/json' }) },
    ...(lijf && { lijf: JSON.stringify(lijf) }),
  });
  if (uitkomst === 200) expect(antwoord.status, antwoord.lijf).toBe(200);
  else verwachtWeigering(antwoord, uitkomst);
}

const GEEN = 'nietGevonden';
/** Per part of a message: what the afzender, the ontvanger, a third party and the operator get. */
const BERICHTEN: readonly (readonly [string, { berichtId: string }, string, readonly Uitkomst[]])[] = [
  ['a delivered bericht', goed, '', [200, 200, GEEN, 200]],
  ['a delivered bericht', goed, '/bevindingen', [200, 200, GEEN, 200]],
  ['a delivered bericht', goed, '/inhoud', [200, 200, GEEN, GEEN]],
  ['a rejected bericht', fout, '', [200, 200, GEEN, 200]],
  ['a rejected bericht', fout, '/bevindingen', [200, 200, GEEN, 200]],
  ['a rejected bericht', fout, '/inhoud', [200, GEEN, GEEN, GEEN]],
  ['no bericht', onbekend, '', [GEEN, GEEN, GEEN, GEEN]],
  ['no bericht', onbekend, '/inhoud', [GEEN, GEEN, GEEN, GEEN]],
  ['no bericht', onbekend, '/bevindingen', [GEEN, GEEN, GEEN, GEEN]],
];

describe.each(BERICHTEN)('of %s', (_naam, { berichtId }, deel, uitkomsten) => {
  const wie = [AFZENDER, ONTVANGER, DERDE, BEHEER].map((code, nr) => [code, uitkomsten[nr] ?? GEEN] as const);
  test.each(wie)(`${deel || 'the status'}: %s gets %s`, async (code, uitkomst) => {
    await verwacht(code, 'GET', `/v1/berichten/${berichtId}${deel}`, undefined, uitkomst);
  });
});

const NIET = 'nietBevoegdVoorOrganisatie';
const BUS = `/v1/postbussen/${ONTVANGER}`;
const INSTELLING = `/v1/organisaties/${ONTVANGER}/instellingen/iwmo`;
/** What the owner, its counterpart, a third party and the operator may do with the postbus and the setting of one organisation. */
const HANDELINGEN: readonly (readonly [string, string, object | undefined, readonly Uitkomst[]])[] = [
  ['GET', `${BUS}/berichten`, undefined, [200, NIET, NIET, NIET]],
  ['POST', `${BUS}/ophalingen`, { leaseSeconden: 1 }, [200, NIET, NIET, NIET]],
  ['POST', `${BUS}/bevestigingen`, { berichtIds: [goed.berichtId] }, [200, NIET, NIET, NIET]],
  ['GET', INSTELLING, undefined, [200, NIET, NIET, 200]],
  ['PUT', INSTELLING, { retour: 'zelf' }, [200, NIET, NIET, 200]],
];

describe.each(HANDELINGEN)('%s %s', (methode, pad, lijf, uitkomsten) => {
  const wie = [ONTVANGER, AFZENDER, DERDE, BEHEER].map((code, nr) => [code, uitkomsten[nr] ?? NIET] as const);
  test.each(wie.toReversed())('%s gets %s', async (code, uitkomst) => {
    await verwacht(code, methode, pad, lijf, uitkomst);
  });
});

test('a third party cannot confirm anything in its own postbus with a guessed id', async () => {
  const { berichtId } = await verstuur(knooppunt.client(AFZENDER), maakBericht('WMO301'));
  const pad = `/v1/postbussen/${DERDE}/bevestigingen`;
  const lijf = await vraagJson(knooppunt.client(DERDE), 'POST', pad, { berichtIds: [berichtId] });
  expect(lijf).toEqual({ bevestigd: [], onbekend: [berichtId] });
  expect((await haalOp(knooppunt.client(ONTVANGER), ONTVANGER)).map((stuk) => stuk.berichtId)).toContain(berichtId);
});

test('a search gives own berichten only, also with the number of somebody else', async () => {
  const zoek = async (wie: string): Promise<readonly { berichtId: string }[]> => {
    const pad = `/v1/berichten?referentienummer=${goed.referentienummer}`;
    return (await vraagJson<{ berichten: { berichtId: string }[] }>(knooppunt.client(wie), 'GET', pad)).berichten;
  };
  const gevonden = await Promise.all([AFZENDER, ONTVANGER, DERDE, BEHEER].map(zoek));
  expect(gevonden.map((berichten) => berichten.map(({ berichtId }) => berichtId))).toEqual([
    [goed.berichtId],
    [goed.berichtId],
    [],
    [],
  ]);
});

test('every look at a content is in the audit log, with who and on whose behalf', async () => {
  await knooppunt.client(ONTVANGER).inhoud(goed.berichtId);
  const { rows } = await knooppunt.database.pool.query(
    `select actor, namens, resultaat from logboek where gebeurtenis = 'bericht ingezien' order by nr desc limit 1`,
  );
  expect(rows).toEqual([{ actor: `demo-${ONTVANGER}`, namens: ONTVANGER, resultaat: 'getoond' }]);
});

test('a setting of an organisation that does not take part does not exist', async () => {
  await verwacht(BEHEER, 'GET', '/v1/organisaties/9999/instellingen/iwmo', undefined, 'nietGevonden');
  await verwacht(BEHEER, 'PUT', '/v1/organisaties/9999/instellingen/iwmo', {}, 'nietGevonden');
});

test('a content that is not kept any more is gone for the parties, and does not exist for anybody else', async () => {
  const { berichtId } = await verstuur(knooppunt.client(AFZENDER), maakBericht('WMO301'));
  await knooppunt.database.pool.query('delete from inhoud where bericht_id = $1', [berichtId]);
  const pad = `/v1/berichten/${berichtId}/inhoud`;
  for (const wie of [AFZENDER, ONTVANGER]) await verwacht(wie, 'GET', pad, undefined, 'inhoudNietMeerBewaard');
  for (const wie of [DERDE, BEHEER]) await verwacht(wie, 'GET', pad, undefined, GEEN);
  await verwacht(AFZENDER, 'GET', `/v1/berichten/${berichtId}`, undefined, 200);
});
