/** The advice in Wlz signals, for the operator: what holds, what is coming, and another from a day on. It is the same for all gemeenten. */
import { z } from 'zod';
import type { Omgeving } from '../../../http/omgeving.ts';
import { dag } from '../../../standards/dag.ts';
import { datum } from '../../../tijd.ts';
import { eisBeheerder } from '../../../toegang/bevoegdheid.ts';
import { type Adviesregel, adviezenOp, leesAdviezen, zetAdvies } from '../../../wlz-samenloop/signalen/advies.ts';
import { ADVIESKLASSEN, type Advies } from '../../../wlz-samenloop/signalen/regels/types.ts';
import { html } from '../../html.ts';
import { alinea, formulier, inleiding, keuzelijst, keuzes, kop, tabel, tekstvak, tekstveld } from '../../onderdelen.ts';
import { datumKort, datumLang } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { ADVIEZEN, CATEGORIEEN } from '../wlz/signaalwoorden.ts';
import { BEHEER, eisVerschil, fouten, nakijkknop, Reden, redenveld, wijzigpaginas } from './wijziging.ts';
import { adviestabel, categorieNaam, WLZ_ADVIEZEN } from './wlz-adviestabel.ts';

/** In a form, a voorziening without a category: an empty value means that nothing was chosen. */
const ZONDER = '-';
const CODES = [...Object.keys(CATEGORIEEN).sort(), ZONDER];
const alsCategorie = (waarde: string): string => (waarde === ZONDER ? '' : waarde);

const Formulier = z.object({
  categorie: z.string().refine((waarde) => CODES.includes(waarde), 'Kies een soort hulp.'),
  klasse: z.enum(ADVIESKLASSEN, 'Kies een advies.'),
  tekst: z
    .string()
    .trim()
    .regex(/^\P{C}{1,300}$/u, 'Schrijf een tekst van 1 tot 300 tekens, op één regel.'),
  vanaf: dag('Vul in vanaf welke dag dit geldt.'),
  reden: Reden,
});
type Formulier = z.infer<typeof Formulier>;

const Vraag = z.object({ categorie: z.string().optional().catch(undefined) });

/** What is read of an advice. */
const inWoorden = (advies: Advies | undefined): string =>
  advies === undefined ? '-' : `${ADVIEZEN[advies.klasse].naam}. ${advies.tekst}`;

export function wlzAdviespaginas({ database }: Pick<Omgeving, 'database'>): readonly Pagina[] {
  const vandaag = (): string => datum(new Date());
  return [
    pagina({
      methode: 'get',
      pad: '/beheer/wlz-adviezen',
      id: 'beheer-wlz-adviezen',
      toegang: 'beheerder',
      async voer() {
        const dag = vandaag();
        const [nu, alle] = await Promise.all([adviezenOp(database.pool, dag), leesAdviezen(database)]);
        const straks = alle.filter(({ vanaf }) => vanaf > dag);
        return {
          titel: WLZ_ADVIEZEN.naam,
          kruimels: [BEHEER],
          breed: true,
          inhoud: html`
${inleiding('Bij elk Wlz-signaal staat een advies: wat meestal geldt voor het soort Wmo-hulp. Het is voor alle gemeenten gelijk, en houdt nooit een signaal tegen.')}
${kop(2, 'Wat nu geldt')}
${adviestabel(nu, true)}
${
  straks.length === 0
    ? null
    : html`${kop(2, 'Wat nog ingaat')}
${tabel<Adviesregel>({
  titel: 'Adviezen die nog ingaan',
  titelVerborgen: true,
  rijen: straks,
  kolommen: [
    { kop: 'Soort hulp', rijkop: true, cel: ({ productcategorie }) => categorieNaam(productcategorie) },
    { kop: 'Vanaf', cel: ({ vanaf }) => datumKort(vanaf) },
    { kop: 'Advies', cel: inWoorden },
  ],
})}`
}`,
        };
      },
    }),
    ...wijzigpaginas<Formulier>({
      id: 'beheer-wlz-advies',
      pad: '/beheer/wlz-adviezen/wijzigen',
      toegang: 'beheerder',
      schema: Formulier,
      async vorm(verzoek, terug) {
        const gevraagd = Vraag.parse(verzoek.req.query).categorie;
        const categorie = gevraagd === '' ? ZONDER : gevraagd;
        const nu =
          categorie === undefined
            ? undefined
            : (await adviezenOp(database.pool, vandaag())).get(alsCategorie(categorie));
        return {
          titel: 'Wlz-advies wijzigen',
          kruimels: [BEHEER, WLZ_ADVIEZEN],
          inhoud: html`
${fouten(terug)}
${inleiding('Kies vanaf welke dag het nieuwe advies in signalen staat. Tot die dag blijft het oude gelden.')}
${formulier(
  { ...verzoek, naar: `${WLZ_ADVIEZEN.pad}/wijzigen` },
  keuzelijst({
    naam: 'categorie',
    label: 'Soort hulp',
    verplicht: true,
    leegste: 'Kies een soort hulp',
    waarde: categorie,
    keuzes: CODES.map((waarde) => ({ waarde, tekst: categorieNaam(alsCategorie(waarde)) })),
    ...terug,
  }),
  keuzes({
    soort: 'radio',
    naam: 'klasse',
    label: 'Advies',
    waarde: nu?.klasse,
    keuzes: ADVIESKLASSEN.map((waarde) => ({ waarde, tekst: ADVIEZEN[waarde].naam, uitleg: ADVIEZEN[waarde].uitleg })),
    ...terug,
  }),
  tekstvak({
    naam: 'tekst',
    label: 'Tekst in het signaal',
    uitleg: 'Hoogstens 300 tekens. Noem het wetsartikel als dat er is.',
    regels: 3,
    verplicht: true,
    waarde: nu?.tekst,
    ...terug,
  }),
  tekstveld({ naam: 'vanaf', label: 'Geldt vanaf', type: 'date', verplicht: true, waarde: vandaag(), ...terug }),
  redenveld(terug),
  nakijkknop(),
)}
${alinea('Is er voor die dag al een advies? Dan komt dit daarvoor in de plaats.')}`,
        };
      },
      async kijkNa(_verzoek, { categorie, klasse, tekst, vanaf }) {
        const nu = inWoorden((await adviezenOp(database.pool, vanaf)).get(alsCategorie(categorie)));
        const wordt = inWoorden({ klasse, tekst });
        return {
          titel: 'Klopt dit?',
          kruimels: [BEHEER, WLZ_ADVIEZEN],
          verschillen: eisVerschil(nu === wordt ? [] : [{ wat: categorieNaam(alsCategorie(categorie)), nu, wordt }]),
          gevolgen: [
            `Het staat in signalen vanaf ${datumLang(vanaf)}, voor alle gemeenten.`,
            'Een signaal dat al in een postbus ligt, houdt de tekst die erin staat.',
          ],
          knop: 'Advies wijzigen',
        };
      },
      async doe({ gebruiker: { client } }, { reden, categorie, ...advies }) {
        eisBeheerder(client);
        const regel = { ...advies, productcategorie: alsCategorie(categorie) };
        await zetAdvies(database, { actor: client.id, reden }, regel);
        return { naar: WLZ_ADVIEZEN.pad, melding: { soort: 'ok', tekst: 'Het advies is gewijzigd.' } };
      },
    }),
  ];
}
