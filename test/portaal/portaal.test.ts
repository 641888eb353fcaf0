/** The frame around the pages: who gets in, what a form must bring, and that nothing of what comes in is sent back as markup. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { KnooppuntFout } from '#src/fouten.ts';
import { html } from '#src/portaal/html.ts';
import { MENU } from '#src/portaal/menu.ts';
import { alinea, formulier, foutenoverzicht, tekstveld } from '#src/portaal/onderdelen.ts';
import { type Melding, type Pagina, pagina, type Sessie } from '#src/portaal/pagina.ts';
import { vastePaginas } from '#src/portaal/paginas/vast.ts';
import { eigenAdres, maakPortaal } from '#src/portaal/portaal.ts';
import { DIENSTEN, type Dienst, type Gebruiker, type Rol } from '#src/toegang/gebruikers/types.ts';

const mens = (rol: Rol, diensten: readonly Dienst[] = []): Gebruiker => ({
  id: '00000000-0000-4000-8000-000000000001',
  naam: 'Test <b>persoon</b>',
  organisatie: rol === 'beheerder' || rol === 'landelijk' ? null : '0363',
  organisatienaam: 'Gemeente Test',
  rol,
  diensten: new Set(diensten),
  client: { id: 'gebruiker:test', namens: new Set(['0363']), beheerder: rol === 'beheerder' },
});

const WIE: Readonly<Record<string, Gebruiker>> = {
  niets: mens('gebruiker'),
  alles: mens('gebruiker', DIENSTEN),
  beheerder: mens('beheerder'),
};

const eenvoudig = (id: string, toegang: Pagina['toegang'], pad: string): Pagina =>
  pagina({
    methode: 'get',
    pad,
    id,
    toegang,
    voer: async ({ req }) => ({ titel: id, inhoud: alinea(`gevraagd: ${String(req.query.q ?? '')}`) }),
  });

const Naam = z.object({ naam: z.string().min(2, 'Vul een naam in van minstens twee letters.') });
const invullen = pagina({
  methode: 'post',
  pad: '/invullen',
  id: 'invullen',
  toegang: 'aangemeld',
  formulierSchema: Naam,
  async voer({ formulier: ingevuld, veldfouten, ingevuld: ruw, sessie }) {
    if (ingevuld) return { naar: '/portaal', melding: { soort: 'ok', tekst: `Dag ${ingevuld.naam}` } };
    const inhoud = html`${foutenoverzicht(veldfouten)}${formulier({ sessie }, tekstveld({ naam: 'naam', label: 'Naam', veldfouten, ingevuld: ruw }))}`;
    return { titel: 'Invullen', status: 400, inhoud };
  },
});
const stuk = pagina({
  methode: 'get',
  pad: '/stuk',
  id: 'stuk',
  toegang: 'iedereen',
  voer: async () => {
    throw new Error('geheim 999900006');
  },
});

let wachtend: Melding | undefined;
const portaal = maakPortaal(
  {
    database: undefined as never,
    config: { demo: true } as never,
    metriek: { verzoek: () => undefined, geweigerd: () => undefined } as never,
    logFout: () => undefined,
  },
  {
    metSessie: (req, res, next) => {
      const gebruiker = WIE[req.get('X-Wie') ?? ''];
      if (gebruiker)
        res.locals.sessie = {
          gebruiker,
          csrf: 'goed',
          zetMelding: (melding) => {
            wachtend = melding;
          },
          neemMelding: () => {
            const melding = wachtend;
            wachtend = undefined;
            return melding;
          },
          uit: async () => undefined,
        } satisfies Sessie;
      next();
    },
    eisCsrf: (req) => {
      if ((req.body as { _csrf?: string })._csrf !== 'goed') throw new KnooppuntFout('formulierVerlopen');
    },
  },
  [
    ...vastePaginas,
    eenvoudig('start', 'aangemeld', '/'),
    ...MENU.slice(1).map(({ naam, pad, toegang }) => eenvoudig(naam, toegang, pad.replace('/portaal', ''))),
    invullen,
    stuk,
  ],
);
const app = express().use('/portaal', portaal);
const server = createServer(app).listen(0, '127.0.0.1');
await once(server, 'listening');
const adres = `http://127.0.0.1:${(server.address() as AddressInfo).port}/portaal`;
afterAll(() => server.close());

const haal = (pad: string, wie = '', opties: RequestInit = {}): Promise<Response> =>
  fetch(`${adres}${pad}`, { redirect: 'manual', ...opties, headers: { 'X-Wie': wie, ...opties.headers } });
const post = (velden: Record<string, string>): Promise<Response> =>
  haal('/invullen', 'niets', { method: 'POST', body: new URLSearchParams(velden) });

test('who is not logged in goes to log in, and comes back to where it was going', async () => {
  const antwoord = await haal('/berichten?q=1');
  expect(antwoord.status).toBe(303);
  expect(antwoord.headers.get('location')).toBe('/portaal/aanmelden?terug=%2Fportaal%2Fberichten%3Fq%3D1');
});

test('a page opens for whoever has the service, and for nobody else; the menu shows the same', async () => {
  for (const { pad, naam } of MENU) {
    const kort = pad.replace('/portaal', '') || '/';
    const tekst = async (wie: string) => {
      const antwoord = await haal(kort, wie);
      return `${antwoord.status} ${await antwoord.text()}`;
    };
    if (naam !== 'Start') expect(await tekst('niets')).toMatch(/^403 [\s\S]*nietBevoegdPagina/);
    if (naam !== 'Beheer') expect(await tekst('alles')).toMatch(/^200/);
  }
  const menu = await (await haal('/', 'niets')).text();
  expect(menu).toContain('href="/portaal"');
  expect(menu).not.toMatch(/href="\/portaal\/(?:berichten|postbus|wlz|beheer|ketendata)"/);
  expect(await (await haal('/', 'beheerder')).text()).not.toMatch(/href="\/portaal\/(?:berichten|postbus|wlz)"/);
});

test('what comes from outside is text, never markup', async () => {
  const tekst = await (await haal(`/?q=${encodeURIComponent('<script>alert(1)</script>" onload="')}`, 'alles')).text();
  expect(tekst).toContain('&lt;script&gt;');
  expect(tekst).not.toContain('<script>alert');
  expect(tekst).toContain('Test &lt;b&gt;persoon&lt;/b&gt;');
});

test('a page loads nothing from elsewhere, runs nothing of itself, and can be framed by nobody', async () => {
  const antwoord = await haal('/over');
  const csp = antwoord.headers.get('content-security-policy') ?? '';
  expect(csp).toContain("default-src 'none'");
  expect(csp).not.toContain('unsafe');
  expect(csp).toContain("frame-ancestors 'none'");
  const tekst = await antwoord.text();
  expect(tekst).not.toMatch(/ style=| on\w+=|<script(?! type="module" src=)/);
  for (const [, pad = ''] of tekst.matchAll(/(?:src|href)="(\/portaal\/web\/[^"]+)"/g)) {
    const middel = await fetch(adres.replace('/portaal', pad));
    expect(middel.status).toBe(200);
    expect(middel.headers.get('cache-control')).toContain('immutable');
  }
});

describe('a form', () => {
  test('without the token of this session changes nothing', async () => {
    const antwoord = await post({ naam: 'Anna' });
    expect(antwoord.status).toBe(403);
    expect(await antwoord.text()).toContain('formulierVerlopen');
  });

  test('that is not right comes back with what was filled in, and says what to do', async () => {
    const antwoord = await post({ naam: 'A', _csrf: 'goed' });
    const tekst = await antwoord.text();
    expect(antwoord.status).toBe(400);
    expect(tekst).toContain('Vul een naam in van minstens twee letters.');
    expect(tekst).toContain('value="A"');
    expect(tekst).toContain('href="#veld-naam"');
  });

  test('that is right tells so on the next page, once', async () => {
    expect((await post({ naam: 'Anna', _csrf: 'goed' })).headers.get('location')).toBe('/portaal');
    expect(await (await haal('/', 'niets')).text()).toContain('Dag Anna');
    expect(await (await haal('/', 'niets')).text()).not.toContain('Dag Anna');
  });

  test('that is too large is refused', async () => {
    expect((await post({ naam: 'a'.repeat(70_000), _csrf: 'goed' })).status).toBe(413);
  });
});

test('a failure says that it is ours, and nothing of what failed', async () => {
  const antwoord = await haal('/stuk');
  expect(antwoord.status).toBe(500);
  expect(await antwoord.text()).not.toContain('geheim');
});

test('an address that is not there is a page too', async () => {
  const antwoord = await haal('/bestaat-niet', 'alles');
  expect(antwoord.status).toBe(404);
  expect(await antwoord.text()).toContain('Deze pagina is er niet');
});

test('going back is to a page of ours, wherever the address says', () => {
  expect(eigenAdres('/portaal/berichten?a=b')).toBe('/portaal/berichten?a=b');
  for (const vreemd of [
    'https://elders.nl',
    '//elders.nl',
    '/portaal//elders.nl',
    '/portaal\\@x',
    '/v1/berichten',
    ['x'],
  ])
    expect(eigenAdres(vreemd)).toBe('/portaal');
});

test('the colours one chooses are kept, and nothing else can be put in that cookie', async () => {
  const donker = await haal('/weergave?thema=donker&terug=/portaal/over');
  expect(donker.headers.get('location')).toBe('/portaal/over');
  expect(await (await haal('/over', '', { headers: { Cookie: 'kp-thema=donker' } })).text()).toContain(
    'data-thema="donker"',
  );
  expect((await haal('/weergave?thema=x')).headers.get('set-cookie')).toContain('kp-thema=systeem');
  expect(await (await haal('/over', '', { headers: { Cookie: 'kp-thema=x"><b>' } })).text()).not.toContain(
    'data-thema',
  );
});

test('dark is the same, by the device and by choice', () => {
  const css = readFileSync(new URL('../../src/portaal/web/tokens.css', import.meta.url), 'utf8');
  const blok = (begin: string): string[] =>
    (css.split(begin)[1]?.split('}')[0] ?? '')
      .split('\n')
      .map((regel) => regel.trim())
      .filter((regel) => regel.startsWith('--'));
  const gekozen = blok(':root[data-thema="donker"] {');
  expect(gekozen.length).toBeGreaterThan(20);
  expect(blok(':root:not([data-thema="licht"]) {')).toEqual(gekozen);
});
