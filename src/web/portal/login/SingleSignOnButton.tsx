import { Button, Divider, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { isProblem } from '../../api/problem-error.ts';
import { useEnvironment } from '../../api/session.ts';
import { signInAddress } from '../../api/single-sign-on.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { nextPage } from './next-page.ts';
import { singleSignOnTexts } from './texts.ts';

/** The other way to log in, for operators, where the PSP has an identity provider. */
export function SingleSignOnButton() {
  const t = useTexts(singleSignOnTexts);
  const environment = useEnvironment();
  const go = useMutation({
    mutationFn: async () => {
      const wanted = new URLSearchParams(window.location.search).get('next') ?? undefined;
      window.location.assign(await signInAddress(nextPage(wanted)));
    },
  });
  if (!environment?.singleSignOn) return null;
  return (
    <Stack mt="lg">
      <Divider label={t.or} />
      {go.error && <Notice kind="error">{isProblem(go.error) ? go.error.message : t.failed}</Notice>}
      <Button
        variant="default"
        fullWidth
        h="auto"
        mih={36}
        py={6}
        styles={{ label: { whiteSpace: 'normal' } }}
        onClick={() => go.mutate()}
        loading={go.isPending || go.isSuccess}
      >
        {t.logIn(environment.singleSignOn.label)}
      </Button>
    </Stack>
  );
}
