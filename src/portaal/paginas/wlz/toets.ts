/** The registertoets. Question and answer both travel in the body of a POST: a BSN is never in an address. */
import { z } from 'zod';
import { KnooppuntFout, type WeigeringSoort } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { datum } from '../../../tijd.ts';
import { DOELCODES, DOELEN, type Doel } from '../../../wlz-samenloop/toets/doelen.ts';
import { vragendeGemeenten } from '../../../wlz-samenloop/toets/gemeente.ts';
import { type Antwoord, toets, type Vraag } from '../../../wlz-samenloop/toets/toets.ts';
import { type Html, html } from '../../html.ts';
import {
  alinea,
  formulier,
  foutenoverzicht,
  gegevens,
  inleiding,
  keuzes,
  knop,
  knoppen,
  knopVerwijzing,
  kop,
  melding,
  tekstveld,
  uitklap,
} from '../../onderdelen.ts';
import { datumLang, tijd, tijdstipPrecies } from '../../opmaak.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm, type Veldfouten } from '../../pagina.ts';
import { alleenGemeenten, type Gemeente, gemeentekeuze, metNamen, WLZ, wlzClient } from './gemeenten.ts';

const PAD = '/portaal/wlz/toets';
const TITEL = 'Wlz-registertoets';

/** What of a form may be left empty. */
const leegMag = <T extends z.ZodType>(schema: T) =>
  z
    .literal('')
    .transform(() => undefined)
    .or(schema)
    .optional();

const Toetsformulier = z.object({
  bsn: z
    .string()
    .transform((tekst) => tekst.replace(/[\s.]/g, ''))
    .pipe(z.string().regex(/^[0-9]{9}$/, 'Vul een burgerservicenummer van 9 cijfers in.')),
  doel: z.enum(DOELCODES as readonly [Doel, ...Doel[]], 'Kies waarvoor u het antwoord nodig hebt.'),
  peildatum: leegMag(z.iso.date('Vul een bestaande datum in.')),
  kenmerk: leegMag(
    z.string().regex(/^[\x20-\x7e]{1,100}$/, 'Een kenmerk heeft hoogstens 100 letters, cijfers en leestekens.'),
  ),
  gemeente: leegMag(z.string().regex(/^[0-9]{4}$/)),
});
type Toetsformulier = z.infer<typeof Toetsformulier>;

/** A refusal that one field is to blame for. */
const VELD_VAN: Readonly<Partial<Record<WeigeringSoort, readonly [string, string]>>> = {
  bsnOngeldig: ['bsn', 'Dit burgerservicenummer bestaat niet. Kijk of u een cijfer hebt verwisseld.'],
  persoonsgegevensNietToegestaan: [
    'bsn',
    'In deze omgeving mogen alleen testnummers. Die liggen tussen 999900006 en 999999990.',
  ],
  teVeelVragen: [
    'formulier',
    'U stelde in korte tijd veel vragen. Wacht een minuut en probeer het opnieuw. Wilt u veel inwoners tegelijk nagaan? Gebruik dan Wlz-signalen.',
  ],
};

function vraagscherm(
  { sessie, ingevuld }: Pick<Paginaverzoek, 'sessie' | 'ingevuld'>,
  gemeenten: readonly Gemeente[],
  veldfouten: Veldfouten,
  status = 200,
): Scherm {
  const terug = { veldfouten, ingevuld };
  const los = veldfouten.get('formulier');
  return {
    titel: TITEL,
    status,
    kruimels: [WLZ],
    inhoud: html`
${los === undefined ? foutenoverzicht(veldfouten) : melding('warning', 'Even wachten', alinea(los), true)}
${inleiding('Vraag of een inwoner op een bepaalde dag een indicatie heeft voor de Wet langdurige zorg.')}
${formulier(
  { sessie, naar: PAD },
  gemeentekeuze(gemeenten, terug),
  tekstveld({
    naam: 'bsn',
    label: 'Burgerservicenummer (BSN)',
    uitleg: '9 cijfers, bijvoorbeeld van de melding of aanvraag.',
    verplicht: true,
    breedte: 13,
    inputmode: 'numeric',
    ...terug,
  }),
  keuzes({
    soort: 'radio',
    naam: 'doel',
    label: 'Waarvoor hebt u het antwoord nodig?',
    uitleg:
      'Alleen voor deze doelen staat de Wmo 2015 de vraag toe (artikel 5.2.5 lid 3). Uw keuze komt in het logboek.',
    keuzes: DOELCODES.map((waarde) => ({
      waarde,
      tekst: `${DOELEN[waarde].charAt(0).toUpperCase()}${DOELEN[waarde].slice(1)}`,
      uitleg: `Artikel ${waarde}`,
    })),
    ...terug,
  }),
  tekstveld({
    naam: 'peildatum',
    label: 'Peildatum',
    uitleg:
      'De dag waarover u het wilt weten: hoogstens een jaar terug of vooruit. Vult u niets in, dan is dat vandaag.',
    type: 'date',
    ...terug,
  }),
  tekstveld({
    naam: 'kenmerk',
    label: 'Uw kenmerk',
    uitleg: 'Bijvoorbeeld het zaaknummer. Vul hier geen naam of burgerservicenummer in.',
    breedte: 30,
    maxlengte: 100,
    ...terug,
  }),
  knoppen(knop('Vraag het register')),
)}`,
  };
}

const betekenis = (ja: boolean): Html => html`
${kop(2, 'Wat dit antwoord betekent')}
${
  ja
    ? html`<ul class="kp-lijst">
<li>Er is een indicatiebesluit voor de Wlz dat op de peildatum geldt.</li>
<li>U weet niet welke zorg het is, en of de inwoner die zorg al krijgt. Vraag dat aan de inwoner zelf.</li>
<li>De gemeente beslist. Zij mág een maatwerkvoorziening weigeren, maar moet dat niet (artikel 2.3.5 lid 6 van de Wmo 2015).</li>
<li>Sommige hulp blijft ook bij een Wlz-indicatie bij de gemeente, zoals een aanpassing van een eigen woning.</li>
</ul>`
    : html`<ul class="kp-lijst">
<li>Er is volgens het register geen indicatiebesluit voor de Wlz dat op de peildatum geldt.</li>
<li>Er kan wel een aanvraag bij het CIZ lopen. Dat staat niet in het register.</li>
<li>Een nee is geen reden om hulp toe te kennen: de gemeente onderzoekt en beslist zelf.</li>
</ul>`
}`;

const antwoordscherm = (
  { wlzIndicatie, registerPeilmoment, toetsId }: Antwoord,
  { bsn, doel, peildatum, kenmerk, gemeente }: Vraag,
  gemeenten: readonly Gemeente[],
): Scherm => ({
  titel: 'Antwoord van het Wlz-register',
  kruimels: [WLZ, { naam: TITEL, pad: PAD }],
  inhoud: html`
<section class="kp-antwoord kp-antwoord--${wlzIndicatie ? 'ja' : 'nee'}" aria-label="Het antwoord" role="status" tabindex="-1" data-focus>
  <p class="kp-antwoord__woord">${wlzIndicatie ? 'Ja' : 'Nee'}</p>
  <p class="kp-antwoord__zin">${wlzIndicatie ? 'Deze inwoner heeft op de peildatum een Wlz-indicatie.' : 'Deze inwoner heeft op de peildatum geen Wlz-indicatie.'}</p>
</section>
${gegevens([
  ['Stand van het register', tijd(registerPeilmoment, tijdstipPrecies)],
  ['Peildatum', datumLang(peildatum ?? datum(new Date()))],
  ['Burgerservicenummer', `eindigt op ${bsn.slice(-3)}`],
  ['Namens', gemeenten.length > 1 ? (gemeenten.find(({ code }) => code === gemeente)?.naam ?? null) : null],
  ['Doel', `${DOELEN[doel]} (artikel ${doel})`],
  ['Uw kenmerk', kenmerk ?? null],
  ['Nummer van deze toets', html`<code class="nl-code kp-breekbaar">${toetsId}</code>`],
])}
${betekenis(wlzIndicatie)}
${uitklap(
  'Waarom staat hier niet meer?',
  alinea(
    'Het CIZ mag de gemeente alleen laten weten óf er een indicatiebesluit is (artikel 5.2.5 lid 3 van de Wmo 2015). Daarom ziet u geen zorgprofiel, geen begindatum en geen zorgkantoor.',
  ),
)}
${knoppen(knopVerwijzing(PAD, 'Nog een toets doen'), knopVerwijzing(WLZ.pad, 'Terug naar Wlz', { soort: 'secondary' }))}`,
});

const geenAntwoord = (details: string | undefined): Scherm => ({
  titel: 'Er is nu geen antwoord te geven',
  status: 503,
  kruimels: [WLZ, { naam: TITEL, pad: PAD }],
  inhoud: html`
${melding('warning', 'Het Wlz-register is niet actueel', html`${alinea(details ?? 'Het register is langer geleden bijgewerkt dan mag.')}${alinea('Dit is dus geen nee. Een antwoord uit een oud register kan verkeerd zijn, en daarom geven wij er geen.')}`, true)}
${kop(2, 'Wat kunt u doen?')}
<ul class="kp-lijst">
<li>Probeer het later vandaag nog eens. Het register wordt elke dag bijgewerkt.</li>
<li>Kunt u niet wachten? Vraag de inwoner of er een indicatiebesluit van het CIZ is.</li>
<li>De beheerder van het knooppunt ziet dat het register oud is; u hoeft dat niet te melden.</li>
</ul>
${knoppen(knopVerwijzing(PAD, 'Opnieuw proberen'), knopVerwijzing(WLZ.pad, 'Terug naar Wlz', { soort: 'secondary' }))}`,
});

/** The refusals that have a page of their own, or a place in the form. */
function geweigerd(
  fout: unknown,
  verzoek: Paginaverzoek<unknown, Toetsformulier>,
  gemeenten: readonly Gemeente[],
): Scherm {
  if (!(fout instanceof KnooppuntFout)) throw fout;
  if (fout.soort === 'wlzAlleenGemeenten') return alleenGemeenten(TITEL, verzoek.gebruiker);
  if (fout.soort === 'wlzRegisterNietActueel') return geenAntwoord(fout.details);
  // What else can be wrong with a form that has the right shape: the peildatum is too far away.
  const [veld, tekst] =
    VELD_VAN[fout.soort] ?? (fout.soort === 'invoerOngeldig' ? ['peildatum', fout.details ?? fout.message] : []);
  if (veld === undefined || tekst === undefined) throw fout;
  return vraagscherm(verzoek, gemeenten, new Map([[veld, tekst]]), fout.soort === 'teVeelVragen' ? 429 : 400);
}

export function toetspaginas({ config, database, sleutels, routering }: Omgeving): readonly Pagina[] {
  const toetser = { database, sleutels, routering, wlz: config.wlz, alleenTestBsn: config.demo };
  const gemeentenVan = async ({ gebruiker }: Pick<Paginaverzoek, 'gebruiker'>): Promise<readonly Gemeente[]> =>
    metNamen({ database }, vragendeGemeenten(wlzClient(gebruiker), await routering.feiten(), new Date()));
  return [
    pagina({
      methode: 'get',
      pad: '/wlz/toets',
      id: 'wlz-toets',
      toegang: 'wlz-toets',
      async voer(verzoek) {
        const gemeenten = await gemeentenVan(verzoek);
        return gemeenten.length === 0
          ? alleenGemeenten(TITEL, verzoek.gebruiker)
          : vraagscherm(verzoek, gemeenten, new Map());
      },
    }),
    pagina<unknown, Toetsformulier>({
      methode: 'post',
      pad: '/wlz/toets',
      id: 'wlz-toets-vragen',
      toegang: 'wlz-toets',
      formulierSchema: Toetsformulier,
      async voer(verzoek) {
        const gemeenten = await gemeentenVan(verzoek);
        const { formulier: vraag, veldfouten, gebruiker } = verzoek;
        if (vraag === undefined) return vraagscherm(verzoek, gemeenten, veldfouten, 400);
        if (gemeenten.length > 1 && vraag.gemeente === undefined)
          return vraagscherm(verzoek, gemeenten, new Map([['gemeente', 'Kies namens welke gemeente u vraagt.']]), 400);
        try {
          return antwoordscherm(await toets(toetser, wlzClient(gebruiker), vraag), vraag, gemeenten);
        } catch (fout) {
          return geweigerd(fout, verzoek, gemeenten);
        }
      },
    }),
  ];
}
