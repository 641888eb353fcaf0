/** Content → XML: the reverse of inhoud.ts. Names, order and namespaces of elements come from the structure, never from the caller. */
import { blad, type Element, tak } from './boom.ts';
import { schrijfXml } from './schrijver.ts';
import type { Inhoud, Klasse, Structuur, Veld, Waarde } from './structuur.ts';

const WORTEL = 'Bericht';

function element({ naam, klasse }: Veld, namespace: string, waarde: string | Inhoud): Element {
  if (typeof waarde === 'string') return blad(naam, namespace, waarde);
  if (!klasse) throw new Error(`element ${naam} has no elements of its own`);
  return tak(naam, namespace, elementen(waarde, klasse));
}

const lijst = (waarde: Waarde | undefined): readonly (string | Inhoud)[] =>
  waarde === undefined ? [] : Array.isArray(waarde) ? waarde : [waarde as string | Inhoud];

function elementen(inhoud: Inhoud, { naam, namespace, velden, opNaam }: Klasse): readonly Element[] {
  const vreemd = Object.keys(inhoud).find((sleutel) => !opNaam.has(sleutel));
  if (vreemd !== undefined) throw new Error(`${naam} has no element ${vreemd}`);
  return velden.flatMap((veld) => {
    const delen = lijst(inhoud[veld.naam]);
    if (veld.verplicht && delen.length === 0) throw new Error(`${naam} needs an element ${veld.naam}`);
    return delen.map((deel) => element(veld, namespace, deel));
  });
}

/**
 * @param inhoud content of the root element; elements with value undefined are left out
 * @param voorvoegsels prefixes for the namespaces of the message and of the shared types
 * @returns the bytes of the document: UTF-8 without BOM, CR/LF
 * @throws when an element is missing that the structure demands, or is there that it does not know
 */
export function schrijfInhoud(
  inhoud: Inhoud,
  structuur: Structuur,
  voorvoegsels: { readonly bericht: string; readonly basis: string },
): Buffer {
  const { namespace, basisNamespace, wortel } = structuur;
  return schrijfXml(
    tak(WORTEL, namespace, elementen(inhoud, wortel)),
    new Map([
      [basisNamespace, voorvoegsels.basis],
      [namespace, voorvoegsels.bericht],
    ]),
  );
}
