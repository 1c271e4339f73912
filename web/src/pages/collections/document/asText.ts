import { authName, authPairs } from '../read/auth';
import {
  described,
  examplesOf,
  headersOf,
  isFolder,
  methodOf,
  requestOf,
  scriptOf,
  text,
  urlOf,
  valueOf,
  type Body,
  type Example,
  type Item,
  type Pair,
} from './model';

/** An item as people would write it down: to compare, and to show one that is gone. */
export function itemText(item: Item): string {
  const request = requestOf(item.request);
  const auth = request.auth ?? item.auth;
  return sections([
    ['', isFolder(item) ? '' : `${methodOf(item.request)} ${urlOf(item.request)}`],
    ['', described(request.description ?? item.description)],
    ['Headers', pairs(headersOf(request.header))],
    ['Auth', auth ? [authName(auth), pairs(authPairs(auth))].filter(Boolean).join('\n') : ''],
    ['Body', bodyText(request.body)],
    ['Pre-request script', scriptOf(item, 'prerequest')],
    ['Tests', scriptOf(item, 'test')],
    ['Variables', pairs(Array.isArray(item.variable) ? item.variable : [])],
    ['Examples', examplesOf(item).map(exampleLine).join('\n')],
  ]);
}

export const exampleText = (example: Example): string =>
  sections([
    ['', exampleLine(example)],
    ['Headers', pairs(headersOf(example.header))],
    ['Body', text(example.body)],
  ]);

const exampleLine = (example: Example) => `${example.code ?? '···'} ${text(example.name)}`.trim();

const sections = (all: [title: string, words: string][]): string =>
  all
    .filter(([, words]) => words.trim() !== '')
    .map(([title, words]) => (title ? `${title}\n${words}` : words))
    .join('\n\n');

const pairs = (list: Pair[]): string =>
  list.map((pair) => `${pair.disabled ? '(off) ' : ''}${text(pair.key)}: ${valueOf(pair.value)}`).join('\n');

function bodyText(body: Body | null | undefined): string {
  if (!body) return '';
  if (body.mode === 'raw') return text(body.raw);
  if (body.mode === 'graphql') return [body.graphql?.query, body.graphql?.variables].map(valueOf).join('\n');
  const fields = body.mode === 'formdata' ? body.formdata : body.urlencoded;
  return Array.isArray(fields) ? pairs(fields) : valueOf(body[body.mode ?? '']);
}
