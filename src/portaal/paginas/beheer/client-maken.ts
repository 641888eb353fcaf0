/** The operator registers a client. A secret is shown once, in the answer, and kept nowhere. */
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { wijziger } from '../../../http/wijziger.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { leesCertificaat } from '../../../toegang/certificaat.ts';
import { eisClientvorm, maakClient, type NieuweClient } from '../../../toegang/clientbeheer.ts';
import { leesClientsleutels } from '../../../toegang/clientsleutels.ts';
import { html } from '../../html.ts';
import { formulier, inleiding, keuzes, tekstvak, tekstveld, uitklap } from '../../onderdelen.ts';
import type { Pagina } from '../../pagina.ts';
import { CLIENTS, clientpad } from './clients.ts';
import { geheimscherm } from './geheim-scherm.ts';
import { Aangekruist } from './velden.ts';
import { BEHEER, fouten, nakijkknop, Reden, redenveld, wijzigpaginas } from './wijziging.ts';

const woorden = z
  .string()
  .default('')
  .transform((tekst) => tekst.split(/[\s,;]+/).filter((woord) => woord !== ''));

const Formulier = z.object({
  naam: z.string().trim().toLowerCase().min(1, 'Vul een naam in.').max(63, 'Een naam heeft hoogstens 63 tekens.'),
  namens: woorden,
  geheim: Aangekruist,
  oins: woorden,
  certificaat: z.string().trim().max(10_000).default(''),
  sleutels: z.string().trim().max(20_000).default(''),
  extern: woorden,
  beheerder: Aangekruist,
  wlzRegister: Aangekruist,
  landelijk: Aangekruist,
  reden: Reden,
});
type Formulier = z.infer<typeof Formulier>;

const weiger = (details: string): KnooppuntFout => new KnooppuntFout('invoerOngeldig', details);

function afdrukVan(pem: string): string {
  try {
    return leesCertificaat(new X509Certificate(pem)).sha256;
  } catch {
    throw weiger('Dit is geen certificaat in PEM. Het begint met -----BEGIN CERTIFICATE-----.');
  }
}

function externVan(paar: string): { readonly uitgever: string; readonly id: string } {
  const is = paar.lastIndexOf('=');
  if (is < 1 || is === paar.length - 1) throw weiger('Schrijf een andere uitgever als UITGEVER=NAAM.');
  return { uitgever: paar.slice(0, is), id: paar.slice(is + 1) };
}

/** @throws KnooppuntFout invoerOngeldig */
function clientVan(f: Formulier): NieuweClient {
  const nieuw = {
    id: f.naam,
    namens: f.namens,
    beheerder: f.beheerder,
    wlzRegister: f.wlzRegister,
    landelijk: f.landelijk,
    metGeheim: f.geheim,
    sleutels: f.sleutels === '' ? undefined : leesClientsleutels(f.sleutels),
    oins: f.oins,
    certificaten: f.certificaat === '' ? [] : [afdrukVan(f.certificaat)],
    extern: f.extern.map(externVan),
  };
  eisClientvorm(nieuw);
  return nieuw;
}

const nieuwe = (wat: string, wordt: string) => ({ wat, nu: '-', wordt });

export function clientMaken(omgeving: Omgeving): readonly Pagina[] {
  const { database } = omgeving;
  return wijzigpaginas<Formulier>({
    id: 'beheer-client-nieuw',
    pad: '/beheer/clients/nieuw',
    toegang: 'beheerder',
    schema: Formulier,
    async vorm(verzoek, terug) {
      const vink = (naam: string) => (terug.ingevuld?.[naam] === 'ja' ? ['ja'] : []);
      return {
        titel: 'Client toevoegen',
        kruimels: [BEHEER, CLIENTS],
        inhoud: html`
${fouten(terug)}
${inleiding('Geef een systeem toegang. Kies minstens één manier om aan te melden.')}
${formulier(
  verzoek,
  tekstveld({
    naam: 'naam',
    label: 'Naam',
    uitleg:
      'Kleine letters, cijfers, punten en streepjes. De naam staat in het logboek en wordt nooit opnieuw gebruikt.',
    verplicht: true,
    breedte: 30,
    maxlengte: 63,
    ...terug,
  }),
  tekstvak({
    naam: 'namens',
    label: 'Namens welke organisaties',
    uitleg: 'Codes, met een spatie of komma ertussen. De client mag voor deze organisaties alles, in beide domeinen.',
    regels: 2,
    ...terug,
  }),
  keuzes({
    soort: 'checkbox',
    naam: 'geheim',
    label: 'Aanmelden met een geheim',
    gekozen: vink('geheim'),
    keuzes: [{ waarde: 'ja', tekst: 'Maak een geheim', uitleg: 'U ziet het één keer, nadat de client is gemaakt.' }],
  }),
  tekstveld({
    naam: 'oins',
    label: 'Aanmelden met een OIN',
    uitleg: 'Het nummer van 20 cijfers in het certificaat (PKIoverheid).',
    breedte: 24,
    ...terug,
  }),
  uitklap(
    'Andere manieren om aan te melden',
    tekstvak({
      naam: 'certificaat',
      label: 'Certificaat',
      uitleg: 'In PEM. Alleen dit ene certificaat kan dan aanmelden.',
      regels: 4,
      ...terug,
    }),
    tekstvak({
      naam: 'sleutels',
      label: 'Openbare sleutels',
      uitleg: 'Een JWK Set met alleen openbare sleutels.',
      regels: 4,
      ...terug,
    }),
    tekstveld({
      naam: 'extern',
      label: 'Bij een andere uitgever',
      uitleg: 'Als UITGEVER=NAAM.',
      breedte: 40,
      ...terug,
    }),
  ),
  uitklap(
    'Bijzondere rechten',
    keuzes({
      soort: 'checkbox',
      naam: 'beheerder',
      label: 'Beheer',
      gekozen: vink('beheerder'),
      keuzes: [
        {
          waarde: 'ja',
          tekst: 'Mag het knooppunt beheren',
          uitleg: 'Organisaties, machtigingen en bevriezingen. Alleen voor systemen van de beheerder zelf.',
        },
      ],
    }),
    keuzes({
      soort: 'checkbox',
      naam: 'wlzRegister',
      label: 'Wlz-register',
      gekozen: vink('wlzRegister'),
      keuzes: [{ waarde: 'ja', tekst: 'Mag het Wlz-register aanleveren', uitleg: 'Alleen voor het CIZ.' }],
    }),
    keuzes({
      soort: 'checkbox',
      naam: 'landelijk',
      label: 'Landelijke cijfers',
      gekozen: vink('landelijk'),
      keuzes: [
        { waarde: 'ja', tekst: 'Mag de landelijke ketencijfers inzien', uitleg: 'Alleen voor VNG en Ketenbureau.' },
      ],
    }),
  ),
  redenveld(terug),
  nakijkknop(),
)}`,
      };
    },
    async kijkNa(_verzoek, ingevuld) {
      const nieuw = clientVan(ingevuld);
      const namen = await leesNamen(database.pool, nieuw.namens);
      const onbekend = nieuw.namens.filter((een) => !namen.has(een));
      if (onbekend.length > 0) throw weiger(`Niet in de lijst van organisaties: ${onbekend.join(', ')}.`);
      const manieren = [
        ...(nieuw.metGeheim ? ['een nieuw geheim'] : []),
        ...nieuw.oins.map((oin) => `OIN ${oin}`),
        ...(nieuw.certificaten.length > 0 ? ['een certificaat'] : []),
        ...(nieuw.sleutels ? ['openbare sleutels'] : []),
        ...nieuw.extern.map(({ uitgever, id }) => `${id} bij ${uitgever}`),
      ];
      return {
        titel: 'Klopt dit?',
        kruimels: [BEHEER, CLIENTS],
        verschillen: [
          nieuwe('Naam', nieuw.id),
          nieuwe('Namens', nieuw.namens.map((een) => `${namen.get(een)} (${een})`).join(', ') || 'niemand'),
          nieuwe('Meldt zich aan met', manieren.join(', ')),
          ...(nieuw.beheerder ? [nieuwe('Beheer', 'mag het knooppunt beheren')] : []),
          ...(nieuw.wlzRegister ? [nieuwe('Wlz-register', 'mag het register aanleveren')] : []),
          ...(nieuw.landelijk ? [nieuwe('Landelijke cijfers', 'mag ze inzien')] : []),
        ],
        gevolgen: [
          'De client kan binnen 5 seconden aanmelden.',
          ...(nieuw.metGeheim
            ? ['U ziet het geheim in de volgende stap, één keer. Zorg dat u het meteen veilig kunt opbergen.']
            : []),
        ],
        ...(nieuw.beheerder && { gevaar: 'Deze client kan dan alles wat u hier ook kunt.' }),
        knop: 'Client toevoegen',
      };
    },
    async doe({ gebruiker }, ingevuld) {
      const nieuw = clientVan(ingevuld);
      const geheim = await wijziger(omgeving)(gebruiker.client, (actor) =>
        maakClient(database, { actor, reden: ingevuld.reden }, nieuw),
      );
      if (geheim !== undefined) return geheimscherm(nieuw.id, geheim);
      return { naar: clientpad(nieuw.id), melding: { soort: 'ok', tekst: 'De client is gemaakt.' } };
    },
  });
}
