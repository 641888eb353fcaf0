/** One signal: what overlaps, what that usually means, what was done, and the next step. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { isUuid } from '../../../identiteit.ts';
import { behandelSignaal } from '../../../wlz-samenloop/signalen/behandelen.ts';
import { eigenGemeenten } from '../../../wlz-samenloop/signalen/gemeenten.ts';
import { leesSignaal } from '../../../wlz-samenloop/signalen/lezen.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm, type Uitkomst } from '../../pagina.ts';
import { wlzClient } from './gemeenten.ts';
import { KEUZES, signaalscherm } from './signaal-scherm.ts';
import { SIGNALEN } from './signalen.ts';

const regeltekst = (max: number) =>
  z
    .string()
    .trim()
    .transform((tekst) => tekst.replace(/\s+/g, ' '))
    .pipe(z.string().max(max, `Houd het korter dan ${max} tekens.`));

const Stap = z
  .object({
    naar: z.enum(['in_behandeling', 'afgehandeld']),
    uitkomst: z.enum(KEUZES).optional(),
    reden: regeltekst(500).default(''),
  })
  .superRefine(({ naar, uitkomst, reden }, context) => {
    if (naar !== 'afgehandeld') return;
    if (uitkomst === undefined)
      context.addIssue({ code: 'custom', path: ['uitkomst'], message: 'Kies hoe u het signaal hebt afgehandeld.' });
    if (reden === '') context.addIssue({ code: 'custom', path: ['reden'], message: 'Schrijf op waarom u dit kiest.' });
  });
type Stap = z.infer<typeof Stap>;

const GEDAAN: Readonly<Record<Stap['naar'], string>> = {
  in_behandeling: 'U hebt dit signaal in behandeling genomen.',
  afgehandeld: 'U hebt dit signaal afgehandeld.',
};

export function signaalpaginas({ database, sleutels, routering }: Omgeving): readonly Pagina[] {
  const gemeentenVan = async ({ gebruiker }: Pick<Paginaverzoek, 'gebruiker'>): Promise<readonly string[]> =>
    eigenGemeenten(wlzClient(gebruiker), await routering.feiten());

  /** @throws KnooppuntFout nietGevonden, also for a signal of another gemeente */
  async function toon(verzoek: Paginaverzoek<unknown, Stap>): Promise<Scherm> {
    const { signaalId = '' } = verzoek.pad;
    if (!isUuid(signaalId)) throw new KnooppuntFout('nietGevonden');
    const gemeenten = await gemeentenVan(verzoek);
    const signaal = await leesSignaal(database, sleutels, wlzClient(verzoek.gebruiker).id, signaalId, gemeenten);
    if (!signaal) throw new KnooppuntFout('nietGevonden');
    return signaalscherm(signaal, verzoek);
  }

  async function behandel(verzoek: Paginaverzoek<unknown, Stap>, stap: Stap): Promise<Uitkomst> {
    const { signaalId = '' } = verzoek.pad;
    if (!isUuid(signaalId)) throw new KnooppuntFout('nietGevonden');
    const { gebruiker } = verzoek;
    const naar = `${SIGNALEN.pad}/${signaalId}`;
    try {
      await behandelSignaal(database, sleutels, wlzClient(gebruiker).id, signaalId, await gemeentenVan(verzoek), {
        naar: stap.naar,
        uitkomst: stap.naar === 'afgehandeld' ? stap.uitkomst : undefined,
        reden: stap.reden === '' ? null : stap.reden,
        behandelaar: gebruiker.naam,
      });
    } catch (fout) {
      // A colleague was first, or the comparison: the page shows how it is now.
      if (!(fout instanceof KnooppuntFout) || fout.soort !== 'signaalstapOnjuist') throw fout;
      return {
        naar,
        melding: { soort: 'fout', tekst: 'Het signaal is intussen veranderd. Hieronder ziet u hoe het nu is.' },
      };
    }
    return { naar, melding: { soort: 'ok', tekst: GEDAAN[stap.naar] } };
  }

  return [
    pagina<unknown, Stap>({
      methode: 'get',
      pad: '/wlz/signalen/:signaalId',
      id: 'wlz-signaal',
      toegang: 'wlz-signalen',
      voer: toon,
    }),
    pagina<unknown, Stap>({
      methode: 'post',
      pad: '/wlz/signalen/:signaalId',
      id: 'wlz-signaal-stap',
      toegang: 'wlz-signalen',
      formulierSchema: Stap,
      voer: (verzoek) => (verzoek.formulier ? behandel(verzoek, verzoek.formulier) : toon(verzoek)),
    }),
  ];
}
