import { expect, it } from 'vitest';
import { nextPage } from './next-page.ts';

it.each([
  ['/cases?mid=12345&sid=001&status=received', '/cases?mid=12345&sid=001&status=received'],
  ['/cases/261124-8F3-KQ2-ZN5/answer', '/cases/261124-8F3-KQ2-ZN5/answer'],
  [undefined, '/top'],
  ['', '/top'],
  ['/', '/top'],
  ['/login?next=/login', '/top'],
  ['https://evil.example/', '/top'],
  ['//evil.example/', '/top'],
  ['/\\evil.example/', '/top'],
  ['javascript:alert(1)', '/top'],
  ['cases', '/top'],
])('leads from %s to %s', (wanted, page) => expect(nextPage(wanted)).toBe(page));
