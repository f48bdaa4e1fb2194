import { expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

it('is a demo on this machine only, with nothing set', () => {
  expect(readConfig({})).toMatchObject({
    isDemo: true,
    host: '127.0.0.1',
    baseUrl: 'http://127.0.0.1:3000',
    PROVIDER_NAME: 'SBペイメントサービス',
    SUPPORT_MAIL: 'sbps-support@sbpayment.jp',
    logLevel: 'warn',
  });
});

it.each([{ DATABASE_URL: 'postgresql://localhost/shokai' }, { NODE_ENV: 'production' }])(
  'is no demo with %o',
  (set) => {
    expect(readConfig(set)).toMatchObject({ isDemo: false, host: '0.0.0.0', logLevel: 'info' });
  },
);

it('takes an empty variable for one that is not set', () => {
  expect(readConfig({ DATABASE_URL: '', SMTP_URL: '', HOST: '' })).toMatchObject({
    isDemo: true,
    host: '127.0.0.1',
  });
});

it('names every variable that is wrong', () => {
  const read = () => readConfig({ PORT: '70000', SUPPORT_MAIL: 'nobody', BASE_URL: 'here' });
  expect(read).toThrow(ConfigError);
  for (const name of ['PORT', 'SUPPORT_MAIL', 'BASE_URL']) expect(read).toThrow(name);
});

it.each(['STRIPE_API_URL', 'ADYEN_DISPUTES_URL'])(
  'sends answers of merchants to nobody else by %s',
  (name) => {
    expect(() => readConfig({ [name]: 'https://elsewhere.example.jp' })).toThrow(name);
    expect(() => readConfig({ [name]: 'http://127.0.0.1:1' })).not.toThrow();
  },
);
