/** Logging in to the demo, and to nothing else: by a button. */
import { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import { DEMOGEBRUIKERS, demogebruikerId, zorgVoorDemogebruikers } from '../../toegang/gebruikers/demo.ts';
import { type Pagina, pagina } from '../pagina.ts';
import { eigenAdres } from '../portaal.ts';
import type { Aanmeldomgeving } from './omgeving.ts';
import { padVan } from './paden.ts';
import { begin } from './sessie.ts';

const Demokeuze = z.object({ wie: z.enum(DEMOGEBRUIKERS.map(({ wie }) => wie)), terug: z.string().optional() });

/** Becoming a user of the demo by a press of a button. */
export function demoPagina(omgeving: Aanmeldomgeving): Pagina {
  let klaar: Promise<void> | undefined;
  const zorg = (): Promise<void> =>
    zorgVoorDemogebruikers(omgeving.database).then(
      () => omgeving.routering.ververs(),
      (fout: unknown) => {
        klaar = undefined;
        throw fout;
      },
    );
  return pagina<unknown, z.infer<typeof Demokeuze>>({
    methode: 'post',
    pad: padVan('demo'),
    id: 'aanmeldenDemo',
    toegang: 'iedereen',
    formulierSchema: Demokeuze,
    async voer({ formulier, req }) {
      if (!formulier) throw new KnooppuntFout('invoerOngeldig');
      klaar ??= zorg();
      await klaar;
      await begin(omgeving, req, demogebruikerId(formulier.wie), 'demo');
      return { naar: eigenAdres(formulier.terug) };
    },
  });
}
