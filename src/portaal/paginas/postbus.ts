/** The postbus: what lies there, download one or many, and confirm that one has them. */

import { finished } from 'node:stream/promises';
import yazl from 'yazl';
import { z } from 'zod';
import type { Omgeving } from '../../http/omgeving.ts';
import { inhoudVoor } from '../../http/zicht.ts';
import { isUuid } from '../../identiteit.ts';
import { bevestig, blader, haalOp, type PostbusRegel } from '../../postbus/postbus.ts';
import { leesNamen } from '../../routering/namen.ts';
import { BERICHTSOORTEN } from '../../standards/catalogus.ts';
import { domeinenVoor, eisPostbus } from '../../toegang/bevoegdheid.ts';
import type { Gebruiker } from '../../toegang/gebruikers/types.ts';
import { type Html, html } from '../html.ts';
import {
  bladeren,
  formulier,
  inleiding,
  keuzelijst,
  knop,
  knoppen,
  knopVerwijzing,
  leeg,
  merk,
  tabel,
  uitklap,
  verwijzing,
  voorgelezen,
  zoekformulier,
} from '../onderdelen.ts';
import { aantal, datumKort, omvang, tijd } from '../opmaak.ts';
import { type Pagina, type Paginaverzoek, pagina } from '../pagina.ts';
import { stilgezet } from '../stilgezet.ts';
import { vraagveld } from '../vraagveld.ts';
import { bezorgwoord, naamVanSoort, organisatie } from '../woorden.ts';
import { bestandsnaam } from './berichten/bericht.ts';
import { eigenBericht, magSoort } from './berichten/soorten.ts';

const PAD = '/portaal/postbus';
const PER_PAGINA = 50;
/** What was downloaded is the reader's for so long; then it can be handed out to another. */
const LEASE_S = 3600;

const Vraag = z.object({
  postbus: vraagveld(z.string().regex(/^([0-9]{4}|[0-9]{8})$/)),
  soort: vraagveld(z.string().regex(/^[A-Za-z0-9-]{1,20}$/)),
  na: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
});
type Vraag = z.infer<typeof Vraag>;

const lijst = z.preprocess(
  (waarde) => (typeof waarde === 'string' ? [waarde] : waarde),
  z.array(z.string().refine(isUuid)).max(PER_PAGINA).min(1),
);
const Keuze = z.object({
  postbus: z.string().regex(/^([0-9]{4}|[0-9]{8})$/),
  bericht: lijst,
  doel: z.enum(['downloaden', 'bevestigen']),
});

/** The postbussen that this person may open: of the own organisation first. */
function postbussenVan({ client, organisatie: eigen }: Gebruiker): readonly string[] {
  const alle = [...client.namens, ...(client.machtigingen?.keys() ?? [])].filter(
    (code) => domeinenVoor(client, code).length > 0,
  );
  return alle.sort((a, b) => Number(b === eigen) - Number(a === eigen) || a.localeCompare(b));
}

const adres = ({ postbus, soort }: Vraag, na?: number): string => {
  const velden = Object.entries({ postbus, soort, na: na === undefined ? undefined : String(na) });
  const vraag = new URLSearchParams(velden.filter((paar): paar is [string, string] => paar[1] !== undefined));
  return vraag.size === 0 ? PAD : `${PAD}?${vraag}`;
};

const overzicht = (rijen: readonly PostbusRegel[], namen: ReadonlyMap<string, string>): Html =>
  tabel({
    titel: 'Berichten in de postbus, oudste eerst',
    titelVerborgen: true,
    rijen,
    kolommen: [
      {
        kop: voorgelezen('Kiezen'),
        cel: (rij) =>
          html`<input class="utrecht-checkbox utrecht-checkbox--html-input" type="checkbox" name="bericht" value="${rij.berichtId}" aria-label="Kies ${rij.berichtsoort} van ${organisatie(rij.afzender, namen)}, ${datumKort(rij.ontvangenOp)}">`,
      },
      {
        kop: 'Bericht',
        rijkop: true,
        cel: (rij) =>
          html`${verwijzing(`/portaal/berichten/${rij.berichtId}`, rij.berichtsoort)}<br><span class="kp-zacht">${naamVanSoort(rij.berichtsoort)}</span>`,
      },
      { kop: 'Van', cel: (rij) => organisatie(rij.afzender, namen) },
      { kop: 'Ontvangen', cel: (rij) => tijd(rij.ontvangenOp) },
      { kop: 'Grootte', getal: true, cel: (rij) => omvang(rij.omvang) },
      {
        kop: 'Stand',
        cel: (rij) => {
          const [woord, toon] = bezorgwoord(rij.bezorging);
          return merk(woord, toon);
        },
      },
    ],
  });

function filter(vraag: Vraag, postbussen: readonly string[], namen: ReadonlyMap<string, string>): Html {
  const soorten = [
    ...BERICHTSOORTEN.map(({ code, naam }) => ({ waarde: code, tekst: `${code} ${naam}` })),
    { waarde: 'Fo01', tekst: 'Foutbericht (Fo01)' },
  ];
  return zoekformulier(
    PAD,
    postbussen.length > 1
      ? keuzelijst({
          naam: 'postbus',
          label: 'Postbus van',
          waarde: vraag.postbus,
          keuzes: postbussen.map((waarde) => ({ waarde, tekst: organisatie(waarde, namen) })),
        })
      : null,
    keuzelijst({
      naam: 'soort',
      label: 'Soort bericht',
      waarde: vraag.soort,
      leegste: 'Alle soorten',
      keuzes: soorten,
    }),
    knop('Tonen', { soort: 'secondary' }),
  );
}

const hulp = (): Html =>
  uitklap(
    'Hoe werkt de postbus?',
    html`<ol class="kp-lijst">
<li>Kies de berichten en download ze. Ze blijven in de postbus liggen.</li>
<li>Sla ze op in uw eigen administratie.</li>
<li>Bevestig dan dat u ze hebt. Pas daarna verdwijnen ze uit de postbus.</li>
</ol>`,
  );

/** Writes the messages as one ZIP, as it is made. */
async function stuurZip(
  { res }: Pick<Paginaverzoek, 'res'>,
  naam: string,
  bestanden: readonly { readonly naam: string; readonly bytes: Buffer }[],
): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const { naam: bestand, bytes } of bestanden) zip.addBuffer(bytes, bestand);
  zip.end();
  res.status(200).type('application/zip').attachment(naam);
  zip.outputStream.pipe(res);
  await finished(res).catch(() => undefined);
}

export const postbusPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  pagina({
    methode: 'get',
    pad: '/postbus',
    id: 'postbus',
    toegang: 'berichten',
    vraagSchema: Vraag,
    async voer({ gebruiker, vraag, sessie }) {
      const postbussen = postbussenVan(gebruiker);
      const postbus = vraag.postbus ?? postbussen[0] ?? '';
      const domeinen = eisPostbus(gebruiker.client, postbus);
      const gelezen = await blader(omgeving.database, {
        postbus,
        domeinen,
        na: vraag.na,
        aantal: PER_PAGINA,
        berichtsoort: vraag.soort,
      });
      const rijen = gelezen.filter(({ berichtsoort }) => magSoort(gebruiker, berichtsoort));
      const namen = await leesNamen(omgeving.database.pool, [...postbussen, ...rijen.map(({ afzender }) => afzender)]);
      const stop = await stilgezet(omgeving.database, [postbus]);
      const volgende = gelezen.length === PER_PAGINA ? adres(vraag, gelezen.at(-1)?.nr) : null;
      return {
        titel: 'Postbus',
        breed: true,
        scripts: ['postbus.js'],
        inhoud: html`
${inleiding('Berichten die voor u klaarliggen. Download ze, en bevestig daarna dat u ze hebt.')}
${stop}
${filter({ ...vraag, postbus }, postbussen, namen)}
${
  rijen.length === 0
    ? leeg(
        'Uw postbus is leeg',
        vraag.soort ? 'Er liggen geen berichten van deze soort.' : 'U hebt alle berichten bevestigd.',
        knopVerwijzing('/portaal/berichten', 'Alle berichten', { soort: 'secondary' }),
      )
    : formulier(
        { sessie, naar: PAD, klasse: 'kp-postbus' },
        html`<input type="hidden" name="postbus" value="${postbus}">`,
        html`<p class="nl-paragraph" data-gekozen>${aantal(rijen.length, 'bericht', 'berichten')} op deze pagina.</p>`,
        overzicht(rijen, namen),
        knoppen(
          knop('Download de gekozen berichten (ZIP)', { naam: 'doel', waarde: 'downloaden' }),
          knop('Bevestig dat ik de gekozen berichten heb', { soort: 'secondary', naam: 'doel', waarde: 'bevestigen' }),
        ),
      )
}
${bladeren(vraag.na > 0 ? adres({ ...vraag, na: 0 }) : null, volgende)}
${hulp()}`,
      };
    },
  }),
  pagina({
    methode: 'post',
    pad: '/postbus',
    id: 'postbusVerwerk',
    toegang: 'berichten',
    formulierSchema: Keuze,
    async voer({ gebruiker, formulier: keuze, ingevuld, res }) {
      if (!keuze) {
        const postbus = /^([0-9]{4}|[0-9]{8})$/.test(ingevuld.postbus ?? '') ? ingevuld.postbus : undefined;
        return {
          naar: adres({ postbus, soort: undefined, na: 0 }),
          melding: { soort: 'fout', tekst: 'Kies eerst een of meer berichten.' },
        };
      }
      const deel = {
        postbus: keuze.postbus,
        domeinen: eisPostbus(gebruiker.client, keuze.postbus),
        berichtIds: keuze.bericht,
        actor: gebruiker.client.id,
      };
      if (keuze.doel === 'bevestigen') {
        const bevestigd = await bevestig(omgeving.database, deel);
        const tekst = `${aantal(bevestigd.size, 'bericht is', 'berichten zijn')} bevestigd.`;
        return { naar: adres({ postbus: keuze.postbus, soort: undefined, na: 0 }), melding: { soort: 'ok', tekst } };
      }
      const gevraagd = { ...deel, aantal: PER_PAGINA, leaseSeconden: LEASE_S };
      const { berichten } = await haalOp(omgeving.database, omgeving.sleutels, gevraagd);
      const gehaald = new Set(berichten.map(({ berichtId }) => berichtId));
      const bestanden = berichten.map((bericht) => ({
        naam: bestandsnaam(bericht, bericht.inhoud),
        bytes: bericht.inhoud,
      }));
      // What was downloaded before, or is on its way to a system, is read without taking it from whoever holds it.
      for (const id of keuze.bericht.filter((een) => !gehaald.has(een))) {
        const stand = await eigenBericht(omgeving, gebruiker, id);
        const bytes = await inhoudVoor(omgeving, gebruiker.client, stand);
        bestanden.push({ naam: bestandsnaam(stand, bytes), bytes });
      }
      await stuurZip({ res }, `postbus-${keuze.postbus}.zip`, bestanden);
      return undefined;
    },
  }),
];
