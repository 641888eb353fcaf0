/** Holding back what an organisation sends or receives, with a reason that it can read. For the operator. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { ORGANISATIECODE } from '../../../routering/kaart.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { leesStop, type Stop, zetStop } from '../../../routering/stops.ts';
import { eisReden, MAX_REDEN, MIN_REDEN } from '../../../routering/wijziging.ts';
import { type Html, html } from '../../html.ts';
import {
  formulier,
  foutenoverzicht,
  inleiding,
  type Keuze,
  keuzes,
  knop,
  knoppen,
  knopVerwijzing,
  melding,
  tekstvak,
  tekstveld,
  verwijzing,
  zoekformulier,
} from '../../onderdelen.ts';
import { tijd } from '../../opmaak.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm, type Veldfouten } from '../../pagina.ts';
import { organisatie } from '../../woorden.ts';
import { BEHEER, STAND, STOP, wat } from './woorden.ts';

const Code = z.string().trim().toUpperCase().regex(ORGANISATIECODE);
const Vraag = z.object({ organisatie: z.string().trim().max(40).catch('') });

const reden = z
  .string()
  .trim()
  .superRefine((tekst, ctx) => {
    try {
      eisReden(tekst);
    } catch (fout) {
      ctx.addIssue({ code: 'custom', message: fout instanceof KnooppuntFout ? (fout.details ?? '') : '' });
    }
  });
const lijst = z.preprocess(
  (waarde) => (waarde === undefined ? [] : [waarde].flat()),
  z.array(z.enum(['aanlevering', 'bezorging'])),
);
const Formulier = z.object({ organisatie: Code, stil: lijst, reden });

const KEUZES: readonly Keuze[] = [
  {
    waarde: 'aanlevering',
    tekst: 'Aanleveren door deze organisatie',
    uitleg: 'Nieuwe berichten worden geweigerd (IB002). Wat al is aangenomen, wordt gewoon verwerkt en bezorgd.',
  },
  {
    waarde: 'bezorging',
    tekst: 'Bezorgen aan deze organisatie',
    uitleg:
      'Er wordt niets verstuurd en niets uitgegeven. Berichten voor haar blijven in volgorde in haar postbus liggen; termijnen lopen niet door.',
  },
];

const huidig = (stop: Stop | undefined): Html =>
  stop
    ? melding('warning', html`Nu stilgezet: ${wat(stop)}`, html`Sinds ${tijd(stop.sinds)}. Reden: ${stop.reden}`)
    : melding('info', 'Van deze organisatie is nu niets stilgezet');

interface Ingevuld {
  readonly veldfouten: Veldfouten;
  readonly ingevuld: Readonly<Record<string, string>>;
  /** What was ticked; undefined: as it is now. */
  readonly stil?: readonly string[];
}
const NIETS: Ingevuld = { veldfouten: new Map(), ingevuld: {} };

const nuStil = (stop: Stop | undefined): readonly string[] =>
  (['aanlevering', 'bezorging'] as const).filter((deel) => stop?.[deel] === true);

/** Of which organisation? */
function zoekscherm(organisatie: string, fout?: string): Scherm {
  const veldfouten: Veldfouten = new Map(fout === undefined ? [] : [['organisatie', fout]]);
  return {
    titel: STOP.naam,
    status: fout === undefined ? 200 : 404,
    kruimels: [BEHEER, STAND],
    inhoud: html`
${foutenoverzicht(veldfouten)}
${inleiding('U houdt tijdelijk tegen wat een organisatie aanlevert, wat zij ontvangt, of allebei. Er gaat geen bericht verloren.')}
${zoekformulier(
  STOP.pad,
  tekstveld({
    naam: 'organisatie',
    label: 'Code van de organisatie',
    uitleg: html`Gemeentecode (4 cijfers) of AGB-code (8 cijfers). ${verwijzing('/portaal/beheer/organisaties', 'Zoek de code op naam')}`,
    verplicht: true,
    breedte: 12,
    maxlengte: 8,
    veldfouten,
    ingevuld: { organisatie },
  }),
  knop('Verder'),
)}`,
  };
}

async function scherm(
  { database }: Pick<Omgeving, 'database'>,
  sessie: Paginaverzoek['sessie'],
  code: string,
  { veldfouten, ingevuld, stil }: Ingevuld = NIETS,
): Promise<Scherm> {
  const [namen, stop] = await Promise.all([leesNamen(database.pool, [code]), leesStop(database.pool, code)]);
  if (!namen.has(code)) return zoekscherm(code, 'Er is geen organisatie met deze code.');
  return {
    titel: STOP.naam,
    status: veldfouten.size > 0 ? 400 : 200,
    kruimels: [BEHEER, STAND],
    inhoud: html`
${foutenoverzicht(veldfouten)}
${inleiding(html`U zet iets stil van ${organisatie(code, namen)}, of heft dat op. Dit geldt binnen 5 seconden. Er gaat geen bericht verloren.`)}
${huidig(stop)}
${formulier(
  { sessie, naar: STOP.pad },
  html`<input type="hidden" name="organisatie" value="${code}">`,
  keuzes({
    naam: 'stil',
    label: 'Wat staat stil?',
    uitleg: 'Zet alle vinkjes uit om de stop op te heffen.',
    soort: 'checkbox',
    keuzes: KEUZES,
    gekozen: stil ?? nuStil(stop),
    veldfouten,
  }),
  tekstvak({
    naam: 'reden',
    label: 'Reden',
    uitleg: `De organisatie kan deze reden lezen, en hij komt in het logboek. Van ${MIN_REDEN} tot ${MAX_REDEN} tekens, zonder persoonsgegevens.`,
    verplicht: true,
    veldfouten,
    ingevuld,
  }),
  knoppen(knop('Opslaan'), knopVerwijzing(STAND.pad, 'Annuleren', { soort: 'secondary' })),
)}`,
  };
}

export const stopPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  pagina({
    methode: 'get',
    pad: '/beheer/stop',
    id: 'beheerStop',
    toegang: 'beheerder',
    vraagSchema: Vraag,
    async voer({ vraag, sessie }) {
      if (vraag.organisatie === '') return zoekscherm('');
      const code = Code.safeParse(vraag.organisatie);
      if (code.success) return scherm(omgeving, sessie, code.data);
      return zoekscherm(vraag.organisatie, 'Dat is geen code: een gemeente heeft 4 cijfers, een aanbieder 8.');
    },
  }),
  pagina({
    methode: 'post',
    pad: '/beheer/stop',
    id: 'beheerStopZet',
    toegang: 'beheerder',
    formulierSchema: Formulier,
    async voer({ gebruiker, sessie, formulier: keuze, veldfouten, ingevuld, req }) {
      if (!keuze) {
        const code = Code.safeParse(ingevuld.organisatie);
        if (!code.success) throw new KnooppuntFout('nietGevonden');
        const { stil = [] } = (req.body ?? {}) as { readonly stil?: string | readonly string[] };
        return scherm(omgeving, sessie, code.data, { veldfouten, ingevuld, stil: [stil].flat() });
      }
      const nieuw = { aanlevering: keuze.stil.includes('aanlevering'), bezorging: keuze.stil.includes('bezorging') };
      const opdracht = { actor: gebruiker.client.id, reden: keuze.reden };
      const stop = await zetStop(omgeving.database, opdracht, keuze.organisatie, nieuw);
      // The change stands; should reading it fail now, it is read again within seconds.
      await omgeving.routering.ververs().catch(() => undefined);
      const tekst = stop
        ? `Van ${keuze.organisatie} staat nu stil: ${wat(stop)}.`
        : `Van ${keuze.organisatie} staat niets meer stil.`;
      return { naar: STAND.pad, melding: { soort: 'ok', tekst } };
    },
  }),
];
