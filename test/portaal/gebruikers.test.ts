/** Managing users: who may do what to whom, on the pages, from the command line and underneath. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { voerGebruikerUit } from '#src/cli/gebruiker.ts';
import { Routering } from '#src/routering/routering.ts';
import { type Beheeropdracht, leesGebruikers, nodigUit, wijzigGebruiker } from '#src/toegang/gebruikers/beheer.ts';
import { demogebruikerId } from '#src/toegang/gebruikers/demo.ts';
import type { Dienst, Rol } from '#src/toegang/gebruikers/types.ts';
import { Browser, tokenVan } from '../hulp/browser.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
const { database, adres } = knooppunt;
const routering = new Routering(database);
const omgeving = { database, routering };
afterAll(() => knooppunt.stop());

const LIJST = '/portaal/beheer/gebruikers';
const NIEUW = `${LIJST}/nieuw`;
const REDEN = 'nieuwe collega in het team';
const wie = {
  gemeente: new Browser(adres),
  gebruikersbeheerder: new Browser(adres),
  aanbieder: new Browser(adres),
  landelijk: new Browser(adres),
  beheerder: new Browser(adres),
};
beforeAll(async () => {
  for (const [naam, browser] of Object.entries(wie)) expect((await browser.wordt(naam)).status).toBe(303);
});

const van = (organisatie: string): Beheeropdracht => ({
  actor: 'gebruiker:proef',
  reden: REDEN,
  gezag: { soort: 'organisatie', organisatie },
});
const operator: Beheeropdracht = { actor: 'cli:proef', reden: REDEN, gezag: { soort: 'beheerder' } };
const gebruiker = async (id: string) =>
  (await leesGebruikers(database.pool, operator.gezag, { ingetrokken: true })).find((een) => een.id === id);
const aantal = async (): Promise<number> =>
  (await database.pool.query<{ n: number }>('select count(*)::int as n from gebruiker')).rows[0]?.n ?? 0;
const laatsteRegels = async (hoeveel: number) =>
  (
    await database.pool.query<{ gebeurtenis: string; actor: string; namens: string; details: Record<string, string> }>(
      'select gebeurtenis, actor, namens, details from logboek order by nr desc limit $1',
      [hoeveel],
    )
  ).rows;
const codeIn = (tekst: string): string => /<code class="nl-code">([0-9A-Z-]{23})<\/code>/.exec(tekst)?.[1] ?? '';
const idVan = async (naam: string): Promise<string> =>
  (await database.pool.query<{ id: string }>('select id from gebruiker where naam = $1', [naam])).rows[0]?.id ?? '';
const DIENSTEN_JW = { rol: 'gebruiker', diensten: ['jw', 'ketendata'], reden: REDEN };

describe('a gebruikersbeheerder', () => {
  const { gebruikersbeheerder } = wie;

  test('invites a colleague, and sees the code once', async () => {
    const klaar = await gebruikersbeheerder.stuur(NIEUW, { naam: 'Nora Jansen', ...DIENSTEN_JW });
    const code = codeIn(klaar.tekst);
    expect([klaar.status, code]).toEqual([200, expect.stringMatching(/^(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}$/)]);
    const id = await idVan('Nora Jansen');
    expect(await gebruiker(id)).toMatchObject({
      organisatie: '0363',
      rol: 'gebruiker',
      diensten: ['jw', 'ketendata'],
      stand: 'uitgenodigd',
    });
    const { rows } = await database.pool.query<{ alles: string }>(
      'select to_jsonb(u)::text as alles from uitnodiging u',
    );
    expect(rows.map(({ alles }) => alles).join()).not.toContain(code.replaceAll('-', ''));
    expect(await laatsteRegels(1)).toEqual([
      {
        gebeurtenis: 'gebruiker uitgenodigd',
        actor: `gebruiker:${demogebruikerId('gebruikersbeheerder')}`,
        namens: '0363',
        details: { gebruiker: id, rol: 'gebruiker', diensten: 'jw,ketendata', reden: REDEN },
      },
    ]);
    // Who only was invited is nobody yet.
    expect((await gebruikersbeheerder.haal(`${LIJST}/${id}`)).tekst).toContain('Nog nooit');
  });

  test('changes what one may do; who it is about has to log in again', async () => {
    const id = demogebruikerId('gemeente');
    const [andere, pad] = [new Browser(adres), `${LIJST}/${id}`];
    await andere.wordt('gemeente');
    const klaar = await gebruikersbeheerder.stuur(pad, { naam: 'Medewerker gemeente', ...DIENSTEN_JW });
    expect([klaar.status, klaar.naar]).toEqual([303, LIJST]);
    expect((await andere.haal('/portaal/mijn-gegevens')).status).toBe(303);
    expect((await wie.gemeente.haal('/portaal/mijn-gegevens')).status).toBe(303);
    await wie.gemeente.wordt('gemeente');
    expect((await wie.gemeente.haal('/portaal/mijn-gegevens')).tekst).toContain('Berichten Jeugdwet, Ketendata');
    expect(await laatsteRegels(2)).toContainEqual(
      expect.objectContaining({
        gebeurtenis: 'gebruiker gewijzigd',
        details: { gebruiker: id, reden: REDEN, diensten: 'jw,ketendata,wlz-signalen,wlz-toets,wmo → jw,ketendata' },
      }),
    );
    expect((await gebruikersbeheerder.haal(LIJST)).tekst).toContain('Medewerker gemeente is gewijzigd.');
  });

  test('gives a new code, and withdraws; then nothing more can be done to that user', async () => {
    await gebruikersbeheerder.stuur(NIEUW, { naam: 'Piet de Vries', ...DIENSTEN_JW });
    const pad = `${LIJST}/${await idVan('Piet de Vries')}`;
    const code = await gebruikersbeheerder.stuur(`${pad}/code`, { reden: REDEN });
    expect(codeIn(code.tekst)).not.toBe('');
    const weg = await gebruikersbeheerder.stuur(`${pad}/intrekken`, { reden: REDEN });
    expect([weg.status, weg.naar]).toEqual([303, LIJST]);
    const token = tokenVan((await gebruikersbeheerder.haal(LIJST)).tekst);
    for (const handeling of ['', '/code', '/intrekken'])
      expect(
        (await gebruikersbeheerder.stuur(pad + handeling, { naam: 'Piet', ...DIENSTEN_JW }, { token })).status,
      ).toBe(404);
    expect((await gebruikersbeheerder.haal(`${LIJST}?ingetrokken=1`)).tekst).toContain('Piet de Vries');
    expect((await gebruikersbeheerder.haal(pad)).tekst).toContain('De toegang van deze gebruiker is ingetrokken');
  });

  test.each<readonly [string, Record<string, string | string[]>, string]>([
    ['the right of the operator', { rol: 'beheerder' }, 'Deze rol is niet van een organisatie.'],
    ['a national role', { rol: 'landelijk' }, 'Deze rol is niet van een organisatie.'],
    ['a dienst that is none', { diensten: ['alles'] }, 'Kies diensten uit de lijst.'],
    ['a role that is none', { rol: 'directeur' }, 'Kies een rol.'],
    ['anything without a reason', { reden: '' }, 'Geef een reden van 5 tot 200 tekens.'],
    ['a reason with what can be a BSN', { reden: 'voor 999 900 006 nodig' }, 'burgerservicenummer'],
    ['a legal entity', { identificatie: '12345678' }, 'Alleen de beheerder van het knooppunt geeft een identificatie.'],
    ['a name that can be a BSN', { naam: '999900006' }, 'Een naam heeft 2 tot 80 letters.'],
    ['a name with markup', { naam: '<b>Jan</b>' }, 'Een naam heeft 2 tot 80 letters.'],
  ])('cannot give %s: nothing is changed', async (_, anders, verwacht) => {
    const voor = await aantal();
    const antwoord = await gebruikersbeheerder.stuur(NIEUW, { naam: 'Karel Kruk', ...DIENSTEN_JW, ...anders });
    expect([antwoord.status, antwoord.tekst]).toEqual([400, expect.stringContaining(verwacht)]);
    expect(antwoord.tekst).not.toContain('<b>Jan');
    expect(await aantal()).toBe(voor);
  });

  test('invites for its own organisation, whatever the form says', async () => {
    await gebruikersbeheerder.stuur(NIEUW, { naam: 'Otto Eigen', ...DIENSTEN_JW, organisatie: '0344' });
    expect((await gebruiker(await idVan('Otto Eigen')))?.organisatie).toBe('0363');
  });

  test('sees nobody of another organisation: that user is not there', async () => {
    expect((await gebruikersbeheerder.haal(`${LIJST}?organisatie=98000001`)).tekst).not.toContain(
      'Medewerker aanbieder',
    );
    const token = tokenVan((await gebruikersbeheerder.haal(LIJST)).tekst);
    const onbekend = await gebruikersbeheerder.haal(`${LIJST}/${crypto.randomUUID()}`);
    for (const ander of ['aanbieder', 'regio', 'beheerder', 'landelijk'])
      for (const handeling of ['', '/code', '/intrekken']) {
        const pad = `${LIJST}/${demogebruikerId(ander)}${handeling}`;
        const [gezien, gedaan] = [
          await gebruikersbeheerder.haal(pad),
          await gebruikersbeheerder.stuur(pad, { naam: 'Een ander', ...DIENSTEN_JW }, { token }),
        ];
        expect([gezien.status, gedaan.status]).toEqual([404, 404]);
        const zonderAdres = (tekst: string): string => tekst.replace(/name="terug" value="[^"]*"/g, '');
        expect(zonderAdres(gezien.tekst)).toBe(zonderAdres(onbekend.tekst));
      }
  });

  test('cannot give more than the organisation has', async () => {
    const nieuw = { naam: 'Wendy Wlz', organisatie: '98000001', rol: 'gebruiker' as Rol };
    const probeer = (diensten: readonly Dienst[]) => nodigUit(omgeving, van('98000001'), { ...nieuw, diensten });
    await expect(probeer(['wmo', 'wlz-toets'])).rejects.toThrow('een dienst hebben die de organisatie niet heeft');
    await expect(probeer(['wmo', 'jw', 'ketendata'])).resolves.toBeDefined();
    await expect(nodigUit(omgeving, van('0363'), { ...nieuw, diensten: [] })).rejects.toThrow('uw eigen organisatie');
  });

  test('that is the last one stays as long as there are colleagues', async () => {
    const zelf = `${LIJST}/${demogebruikerId('gebruikersbeheerder')}`;
    const LAATSTE = 'Dit is de laatste gebruikersbeheerder';
    const weg = await gebruikersbeheerder.stuur(`${zelf}/intrekken`, { reden: REDEN });
    expect([weg.status, weg.tekst]).toEqual([400, expect.stringContaining(LAATSTE)]);
    const lager = await gebruikersbeheerder.stuur(zelf, { naam: 'Medewerker', ...DIENSTEN_JW });
    expect([lager.status, lager.tekst]).toEqual([400, expect.stringContaining(LAATSTE)]);
    // One that was invited cannot manage yet.
    const opvolger = { naam: 'Ria Opvolger', organisatie: '0363', rol: 'gebruikersbeheerder', diensten: [] } as const;
    const { id } = await nodigUit(omgeving, van('0363'), opvolger);
    expect((await gebruikersbeheerder.stuur(`${zelf}/intrekken`, { reden: REDEN })).status).toBe(400);
    await database.pool.query('update gebruiker set gekoppeld_op = now() where id = $1', [id]);
    const nieuw = { naam: 'Medewerker', rol: 'gebruiker', diensten: [] } as const;
    await wijzigGebruiker(omgeving, operator, demogebruikerId('gebruikersbeheerder'), nieuw);
    expect((await gebruikersbeheerder.haal(LIJST)).status).toBe(303);
  });
});

describe('the operator', () => {
  test('invites the first of an organisation, with what eHerkenning calls it', async () => {
    const velden = {
      naam: 'Eerste Beheerder',
      organisatie: '0344',
      identificatie: '30280353',
      rol: 'gebruikersbeheerder',
    };
    const klaar = await wie.beheerder.stuur(NIEUW, { ...velden, diensten: 'wmo', reden: REDEN });
    expect(codeIn(klaar.tekst)).not.toBe('');
    const { rows } = await database.pool.query('select * from organisatie_identificatie');
    expect(rows).toEqual([{ identificatie: '30280353', organisatie: '0344' }]);
    expect((await laatsteRegels(2)).map(({ gebeurtenis, namens }) => [gebeurtenis, namens])).toEqual([
      ['organisatie gewijzigd', '0344'],
      ['gebruiker uitgenodigd', '0344'],
    ]);
    const lijst = (await wie.beheerder.haal(`${LIJST}?organisatie=0344`)).tekst;
    expect([lijst.includes('Eerste Beheerder'), lijst.includes('Medewerker aanbieder')]).toEqual([true, false]);
  });

  test.each<readonly [string, Record<string, string>, string]>([
    ['a role of an organisation to nobody’s', { rol: 'gebruikersbeheerder' }, 'Deze rol hoort bij een organisatie.'],
    ['its own right to somebody of an organisation', { rol: 'beheerder', organisatie: '0363' }, 'Deze rol is niet van'],
    ['messages to somebody national', { rol: 'landelijk', diensten: 'wmo' }, 'een dienst hebben'],
    ['anything to an organisation that does not exist', { rol: 'gebruiker', organisatie: '9999' }, 'niet bekend'],
  ])('cannot give %s', async (_, anders, verwacht) => {
    const antwoord = await wie.beheerder.stuur(NIEUW, { naam: 'Karel Kruk', reden: REDEN, ...anders });
    expect([antwoord.status, antwoord.tekst]).toEqual([400, expect.stringContaining(verwacht)]);
  });
});

test.each(['gemeente', 'aanbieder', 'landelijk'] as const)(
  '%s manages nobody, and cannot see who is there',
  async (naam) => {
    const token = tokenVan((await wie[naam].haal('/portaal/over')).tekst);
    for (const pad of [LIJST, NIEUW, `${LIJST}/${demogebruikerId('gemeente')}`])
      expect((await wie[naam].haal(pad)).status).toBe(403);
    expect((await wie[naam].stuur(NIEUW, { naam: 'Karel Kruk', ...DIENSTEN_JW }, { token })).status).toBe(403);
  },
);

describe('on the command line', () => {
  /** In this process, because a process for each costs a second; what it prints is caught. */
  async function cli(...argumenten: readonly string[]) {
    const [uit, fout]: [string[], string[]] = [[], []];
    vi.stubEnv('DATABASE_URL', alsOpdracht(knooppunt.config.databaseUrl ?? '', ['gebruiker']));
    vi.stubEnv('KNOOPPUNT_DATA', knooppunt.config.data);
    const vang = (naar: string[], einde: string) => (tekst: unknown) => naar.push(`${tekst}${einde}`) > 0;
    const spionnen = [
      vi.spyOn(console, 'log').mockImplementation(vang(uit, '\n')),
      vi.spyOn(console, 'error').mockImplementation(vang(fout, '\n')),
      vi.spyOn(process.stdout, 'write').mockImplementation(vang(uit, '')),
    ];
    const code = await voerGebruikerUit(argumenten);
    for (const spion of spionnen) spion.mockRestore();
    vi.unstubAllEnvs();
    return { code, uit: uit.join(''), fout: fout.join('') };
  }

  test('the first gebruikersbeheerder is made: of standard output the code alone', async () => {
    const optie = ['--organisatie', '0518', '--identificatie', '27375169', '--reden', REDEN];
    const { code, uit, fout } = await cli('maak', 'Eerste Haagse', ...optie);
    expect([code, uit], fout).toEqual([0, expect.stringMatching(/^(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}\n$/)]);
    const id = await idVan('Eerste Haagse');
    expect(await gebruiker(id)).toMatchObject({
      rol: 'gebruikersbeheerder',
      diensten: ['jw', 'ketendata', 'wlz-signalen', 'wlz-toets', 'wmo'],
    });
    expect((await laatsteRegels(1))[0]).toMatchObject({
      actor: expect.stringMatching(/^cli:/),
      details: { reden: REDEN },
    });
    expect((await cli('lijst', '--organisatie', '0518')).uit).toContain(`${id}  0518  gebruikersbeheerder`);
    expect((await cli('nodig-uit', id, '--reden', REDEN)).uit).toMatch(/^[0-9A-Z-]{23}\n$/);
    expect((await cli('trek-in', id, '--reden', REDEN)).code).toBe(0);
    expect(JSON.parse((await cli('lijst', '--alles', '--organisatie', '0518', '--json')).uit)).toMatchObject([
      { id, stand: 'ingetrokken' },
    ]);
  });

  test('a legal entity is given to an organisation, and taken from it', async () => {
    expect((await cli('koppel', 'OIN:1', '-', '--reden', REDEN)).code).toBe(0);
    expect((await cli('koppel', 'OIN:1', '-', '--reden', REDEN)).code).toBe(1);
    expect((await cli('identificaties')).uit).toContain('OIN:1  -');
    expect((await cli('ontkoppel', 'OIN:1', '-', '--reden', REDEN)).code).toBe(0);
    expect((await cli('koppel', 'OIN 1', '-', '--reden', REDEN)).code).toBe(1);
    expect((await cli('koppel', 'OIN:1', '9999', '--reden', REDEN)).code).toBe(1);
  });

  test.each<readonly [number, readonly string[]]>([
    [2, []],
    [2, ['verwijder']],
    [2, ['maak', '--reden', REDEN]],
    [2, ['maak', 'Een Naam', '--organisatie', '0363']],
    [2, ['maak', 'Een Naam', '--rol', 'baas', '--reden', REDEN]],
    [2, ['trek-in', '--reden', REDEN]],
    [1, ['maak', 'Een Naam', '--reden', REDEN]],
    [1, ['maak', 'Een Naam', '--organisatie', '0363', '--reden', 'x']],
    [1, ['trek-in', 'niemand', '--reden', REDEN]],
  ])('ends with %i: %j', async (verwacht, argumenten) => {
    const { code, uit, fout } = await cli(...argumenten);
    expect([code, uit]).toEqual([verwacht, '']);
    expect(fout).not.toBe('');
  });
});
