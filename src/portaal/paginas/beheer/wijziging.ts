/**
 * How everything is changed here: a form with a reason, a page that shows what it was and what it becomes, and only then the change. The two
 * steps after the form are one address; what was filled in travels along in hidden fields, and is judged again each time.
 */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import { eisReden, MAX_REDEN } from '../../../routering/wijziging.ts';
import { type Deel, type Html, html } from '../../html.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import {
  alinea,
  formulier,
  foutenoverzicht,
  gegevens,
  knop,
  knoppen,
  kop,
  melding,
  tabel,
  tekstvak,
} from '../../onderdelen.ts';
import type { Toegang } from '../../pagina.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm, type Uitkomst } from '../../pagina.ts';

export const BEHEER = { naam: 'Beheer', pad: '/portaal/beheer' } as const;

/** The same rule as everywhere else, so that the field says what is wrong with it. */
export const Reden = z
  .string('Vul een reden in.')
  .trim()
  .superRefine((reden, context) => {
    try {
      eisReden(reden);
    } catch (fout) {
      const message = fout instanceof KnooppuntFout ? (fout.details ?? fout.message) : 'Vul een reden in.';
      context.addIssue({ code: 'custom', message });
    }
  });

export const redenveld = (terug: Ingevuld, uitleg?: string): Html =>
  tekstvak({
    naam: 'reden',
    label: 'Reden',
    uitleg:
      uitleg ??
      `Waarom verandert u dit? Hoogstens ${MAX_REDEN} tekens; de reden komt in het logboek. Noem geen personen.`,
    regels: 2,
    verplicht: true,
    ...terug,
  });

/** One thing that changes. */
export interface Verschil {
  readonly wat: Deel;
  readonly nu: Deel;
  readonly wordt: Deel;
}

export interface Nakijken {
  readonly titel: string;
  readonly kruimels: NonNullable<Scherm['kruimels']>;
  readonly verschillen: readonly Verschil[];
  /** What follows from it, in sentences. */
  readonly gevolgen?: readonly Deel[];
  /** More than sentences: a preview. */
  readonly meer?: Html;
  /** Hard to undo. */
  readonly gevaar?: string;
  readonly knop: string;
}

/** What is wrong with the form as a whole has no field to go to. */
export const fouten = ({ veldfouten = new Map() }: Ingevuld): Html | null => {
  const heel = veldfouten.get('formulier');
  return heel === undefined ? foutenoverzicht(veldfouten) : melding('error', 'Dit kan niet', alinea(heel), true);
};

const stapknop = (waarde: string, tekst: string, keuze: Parameters<typeof knop>[1] = {}): Html =>
  knop(tekst, { ...keuze, naam: 'stap', waarde });

/** The button under a form that is looked over before it does anything. */
export const nakijkknop = (tekst = 'Volgende: nakijken'): Html => knoppen(stapknop('nakijken', tekst));

const verborgen = (lijf: Readonly<Record<string, unknown>>): readonly Html[] =>
  Object.entries(lijf)
    .filter(([naam]) => naam !== '_csrf' && naam !== 'stap')
    .flatMap(([naam, waarde]) =>
      [waarde].flat().map((een) => html`<input type="hidden" name="${naam}" value="${String(een)}">`),
    );

function nakijkscherm(
  { sessie, req }: Pick<Paginaverzoek, 'sessie' | 'req'>,
  nakijken: Nakijken,
  reden: string,
): Scherm {
  const { titel, kruimels, verschillen, gevolgen = [], meer, gevaar, knop: tekst } = nakijken;
  return {
    titel,
    kruimels,
    breed: meer !== undefined,
    inhoud: html`
${gevaar === undefined ? null : melding('warning', gevaar)}
${tabel({
  titel: 'Wat er verandert',
  kolommen: [
    { kop: 'Wat', rijkop: true, cel: ({ wat }) => wat },
    { kop: 'Nu', cel: ({ nu }) => nu },
    { kop: 'Wordt', cel: ({ wordt }) => html`<strong>${wordt}</strong>` },
  ],
  rijen: verschillen,
})}
${gevolgen.length === 0 ? null : html`${kop(2, 'Wat dat betekent')}<ul class="kp-lijst">${gevolgen.map((gevolg) => html`<li>${gevolg}</li>`)}</ul>`}
${meer ?? null}
${gegevens([['Reden', reden]])}
${formulier(
  { sessie },
  verborgen(req.body as Readonly<Record<string, unknown>>),
  knoppen(
    stapknop('bevestigen', tekst, { gevaar: gevaar !== undefined }),
    stapknop('aanpassen', 'Terug en aanpassen', { soort: 'secondary' }),
  ),
)}`,
  };
}

export interface Wijziging<F> {
  readonly id: string;
  /** Without /portaal. */
  readonly pad: string;
  readonly toegang: Toegang;
  /** Of the form; it has a `reden`. */
  readonly schema: z.ZodType<F>;
  /** The form. @throws KnooppuntFout when this person may not open it, or it is about nothing that is there */
  vorm(verzoek: Paginaverzoek<unknown, F>, terug: Ingevuld): Promise<Scherm>;
  /** @throws KnooppuntFout invoerOngeldig when it cannot be: then the form says so */
  kijkNa(verzoek: Paginaverzoek<unknown, F>, ingevuld: F): Promise<Nakijken>;
  doe(verzoek: Paginaverzoek<unknown, F>, ingevuld: F): Promise<Uitkomst>;
}

/** The pages of one change: the form, and what comes of sending it. */
export function wijzigpaginas<F extends { readonly reden: string }>(wijziging: Wijziging<F>): readonly Pagina[] {
  const { id, pad, toegang, schema } = wijziging;
  const terugMet = async (verzoek: Paginaverzoek<unknown, F>, veldfouten: Ingevuld['veldfouten']): Promise<Scherm> => {
    const scherm = await wijziging.vorm(verzoek, { veldfouten: veldfouten ?? new Map(), ingevuld: verzoek.ingevuld });
    return veldfouten && veldfouten.size > 0 ? { ...scherm, status: 400 } : scherm;
  };
  return [
    pagina<unknown, F>({ methode: 'get', pad, id, toegang, voer: (verzoek) => wijziging.vorm(verzoek, {}) }),
    pagina<unknown, F>({
      methode: 'post',
      pad,
      id: `${id}-wijzigen`,
      toegang,
      formulierSchema: schema,
      async voer(verzoek) {
        const { formulier: ingevuld, veldfouten, ingevuld: velden } = verzoek;
        if (velden.stap === 'aanpassen') return terugMet(verzoek, undefined);
        if (ingevuld === undefined) return terugMet(verzoek, veldfouten);
        try {
          if (velden.stap === 'bevestigen') return await wijziging.doe(verzoek, ingevuld);
          return nakijkscherm(verzoek, await wijziging.kijkNa(verzoek, ingevuld), ingevuld.reden);
        } catch (fout) {
          if (!(fout instanceof KnooppuntFout) || fout.soort !== 'invoerOngeldig') throw fout;
          return terugMet(verzoek, new Map([['formulier', fout.details ?? fout.message]]));
        }
      },
    }),
  ];
}

/** Nothing changed: then there is nothing to look over. @throws KnooppuntFout invoerOngeldig */
export function eisVerschil(verschillen: readonly Verschil[]): readonly Verschil[] {
  if (verschillen.length === 0)
    throw new KnooppuntFout('invoerOngeldig', 'U hebt niets veranderd. Pas iets aan, of ga terug.');
  return verschillen;
}

/** Of what is written as text on both sides, what differs. */
export const verschillenVan = (
  rijen: readonly (readonly [wat: string, nu: string, wordt: string])[],
): readonly Verschil[] => rijen.filter(([, nu, wordt]) => nu !== wordt).map(([wat, nu, wordt]) => ({ wat, nu, wordt }));
