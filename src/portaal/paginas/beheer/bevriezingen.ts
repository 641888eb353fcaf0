/** Freezes: the list for whoever manages something; announcing and lifting for the operator, with a preview of whom it hits. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { wijziger } from '../../../http/wijziger.ts';
import { geraakteSoorten, leesVerkeer, verzendersVan } from '../../../routering/bevriezing-bereik.ts';
import {
  type Bevriezing,
  bezwaarTegenBevriezing,
  hefBevriezingOp,
  kondigBevriezingAan,
  leesBevriezingen,
  type NieuweBevriezing,
} from '../../../routering/bevriezingen.ts';
import { BERICHTSOORTEN, DOMEINEN } from '../../../standards/catalogus.ts';
import { html } from '../../html.ts';
import {
  formulier,
  inleiding,
  keuzes,
  knoppen,
  knopVerwijzing,
  kop,
  leeg,
  melding,
  tekstveld,
} from '../../onderdelen.ts';
import { type Pagina, type Paginaverzoek, pagina } from '../../pagina.ts';
import { bereikDeel, bevriezingtabel, periodeTekst, standVan, watTekst } from './bevriezing-delen.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';
import { Domeinveld, MogelijkMoment, Moment } from './velden.ts';
import { BEHEER, fouten, nakijkknop, Reden, redenveld, wijzigpaginas } from './wijziging.ts';

export const BEVRIEZINGEN = { naam: 'Bevriezingen', pad: '/portaal/beheer/bevriezingen' } as const;

const Nieuw = z.object({
  domein: z.union([z.literal('beide').transform(() => null), Domeinveld], 'Kies een domein.'),
  berichtsoorten: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((gekozen) => (gekozen === undefined ? null : [gekozen].flat())),
  vanaf: Moment,
  tot: MogelijkMoment,
  reden: Reden,
});
type Nieuw = z.infer<typeof Nieuw>;
const Opheffen = z.object({ reden: Reden });

const HEEN = BERICHTSOORTEN.filter(({ antwoordOp }) => antwoordOp === null);
/** Of several boxes with one name, those that were ticked. */
const aangekruist = ({ req }: Pick<Paginaverzoek, 'req'>): readonly string[] =>
  [(req.body as { berichtsoorten?: string | string[] } | undefined)?.berichtsoorten ?? []].flat();
const zonderReden = ({ reden: _, ...nieuw }: Nieuw): NieuweBevriezing => nieuw;

export function bevriezingpaginas(omgeving: Omgeving): readonly Pagina[] {
  const { database, routering } = omgeving;

  const lijst = pagina({
    methode: 'get',
    pad: '/beheer/bevriezingen',
    id: 'beheer-bevriezingen',
    toegang: 'beheer',
    async voer({ gebruiker }) {
      const nu = new Date();
      const beheerder = gebruiker.rol === 'beheerder';
      const alle = (await leesBevriezingen(database.pool, beheerder ? undefined : nu)).toReversed();
      const [open, voorbij] = [
        alle.filter((rij) => !standVan(rij, nu).klaar),
        alle.filter((rij) => standVan(rij, nu).klaar),
      ];
      return {
        titel: BEVRIEZINGEN.naam,
        kruimels: [BEHEER],
        breed: true,
        inhoud: html`
${inleiding('Tijdens een bevriezing kunnen bepaalde berichten niet worden verstuurd, bijvoorbeeld rond een overgang naar een nieuwe release. Retourberichten mogen wel.')}
${beheerder ? knoppen(knopVerwijzing(`${BEVRIEZINGEN.pad}/nieuw`, 'Bevriezing aankondigen')) : null}
${kop(2, 'Nu en straks')}
${open.length === 0 ? leeg('Er is geen bevriezing', 'Alle berichten waarvoor een venster open is, kunnen worden verstuurd.') : bevriezingtabel('Bevriezingen die gelden of zijn aangekondigd', open.toReversed(), { nu, beheerder })}
${voorbij.length === 0 ? null : html`${kop(2, 'Voorbij')}${bevriezingtabel('Bevriezingen die voorbij zijn', voorbij, { nu, beheerder: false })}`}`,
      };
    },
  });

  /** @throws KnooppuntFout nietGevonden when it is over */
  async function eenOpen({ pad: { nummer = '' } }: Pick<Paginaverzoek, 'pad'>): Promise<Bevriezing> {
    const open = await leesBevriezingen(database.pool, new Date());
    const rij = open.find(({ id }) => String(id) === nummer);
    if (!rij) throw new KnooppuntFout('nietGevonden');
    return rij;
  }

  return [
    lijst,
    ...wijzigpaginas<Nieuw>({
      id: 'beheer-bevriezing-nieuw',
      pad: '/beheer/bevriezingen/nieuw',
      toegang: 'beheerder',
      schema: Nieuw,
      async vorm(verzoek, terug) {
        const gekozen = aangekruist(verzoek);
        return {
          titel: 'Bevriezing aankondigen',
          kruimels: [BEHEER, BEVRIEZINGEN],
          inhoud: html`
${fouten(terug)}
${inleiding('Vul in welke berichten u tegenhoudt en wanneer. In de volgende stap ziet u wie dat raakt. Er is dan nog niets aangekondigd.')}
${formulier(
  verzoek,
  keuzes({
    soort: 'radio',
    naam: 'domein',
    label: 'Domein',
    waarde: 'beide',
    keuzes: [
      { waarde: 'beide', tekst: 'Beide' },
      ...DOMEINEN.map((waarde) => ({ waarde, tekst: DOMEINTITEL[waarde] })),
    ],
    ...terug,
  }),
  keuzes({
    soort: 'checkbox',
    naam: 'berichtsoorten',
    label: 'Berichtsoorten',
    uitleg:
      'Kruist u niets aan, dan geldt het voor alle berichtsoorten van het domein. Retourberichten staan er niet bij: die mogen altijd.',
    gekozen,
    keuzes: HEEN.map(({ code, naam }) => ({ waarde: code, tekst: `${code} ${naam}` })),
    ...terug,
  }),
  html`<div class="kp-naast">
${tekstveld({ naam: 'vanaf', label: 'Begint op', uitleg: 'Nederlandse tijd.', type: 'datetime-local', verplicht: true, ...terug })}
${tekstveld({ naam: 'tot', label: 'Eindigt op', uitleg: 'Leeg: tot u haar opheft.', type: 'datetime-local', ...terug })}
</div>`,
  redenveld(
    terug,
    'Iedereen leest deze reden: bij de aankondiging en als een bericht wordt geweigerd. Schrijf dus op wat een afzender moet weten.',
  ),
  nakijkknop('Volgende: wie raakt dit?'),
)}`,
        };
      },
      async kijkNa(_verzoek, ingevuld) {
        const nieuw = zonderReden(ingevuld);
        const nu = new Date();
        const bezwaar = bezwaarTegenBevriezing(nieuw, nu);
        if (bezwaar !== undefined) throw new KnooppuntFout('invoerOngeldig', bezwaar);
        const soorten = geraakteSoorten(nieuw);
        const [verkeer, feiten] = await Promise.all([
          leesVerkeer(database.pool, nieuw, soorten.heen, nu),
          routering.feiten(),
        ]);
        return {
          titel: 'Wie raakt deze bevriezing?',
          kruimels: [BEHEER, BEVRIEZINGEN],
          verschillen: [
            { wat: 'Tegengehouden', nu: 'mag worden verstuurd', wordt: watTekst(nieuw) },
            { wat: 'Wanneer', nu: '-', wordt: periodeTekst(nieuw) },
          ],
          meer: bereikDeel(nieuw, soorten, verkeer, verzendersVan(feiten, soorten.heen, +nieuw.vanaf)),
          knop: 'Bevriezing aankondigen',
        };
      },
      async doe({ gebruiker }, ingevuld) {
        await wijziger(omgeving)(gebruiker.client, (actor) =>
          kondigBevriezingAan(database, { actor, reden: ingevuld.reden }, zonderReden(ingevuld), new Date()),
        );
        return { naar: BEVRIEZINGEN.pad, melding: { soort: 'ok', tekst: 'De bevriezing is aangekondigd.' } };
      },
    }),
    ...wijzigpaginas<z.infer<typeof Opheffen>>({
      id: 'beheer-bevriezing-opheffen',
      pad: '/beheer/bevriezingen/:nummer/opheffen',
      toegang: 'beheerder',
      schema: Opheffen,
      async vorm(verzoek, terug) {
        const rij = await eenOpen(verzoek);
        return {
          titel: 'Bevriezing opheffen',
          kruimels: [BEHEER, BEVRIEZINGEN],
          inhoud: html`
${fouten(terug)}
${melding('info', watTekst(rij), html`<p class="nl-paragraph">${periodeTekst(rij)}</p><p class="nl-paragraph">${rij.reden}</p>`)}
${formulier(verzoek, redenveld(terug), nakijkknop())}`,
        };
      },
      async kijkNa(verzoek) {
        const rij = await eenOpen(verzoek);
        const begonnen = rij.vanaf <= new Date();
        return {
          titel: 'Klopt dit?',
          kruimels: [BEHEER, BEVRIEZINGEN],
          verschillen: [
            { wat: watTekst(rij), nu: periodeTekst(rij), wordt: begonnen ? 'eindigt nu' : 'gaat niet door' },
          ],
          gevolgen: [
            'Afzenders kunnen deze berichten weer versturen. Wat is geweigerd, moeten zij zelf opnieuw aanbieden.',
          ],
          knop: 'Bevriezing opheffen',
        };
      },
      async doe(verzoek, { reden }) {
        const { id } = await eenOpen(verzoek);
        await wijziger(omgeving)(verzoek.gebruiker.client, (actor) =>
          hefBevriezingOp(database, { actor, reden }, id, new Date()),
        );
        return { naar: BEVRIEZINGEN.pad, melding: { soort: 'ok', tekst: 'De bevriezing is opgeheven.' } };
      },
    }),
  ];
}
