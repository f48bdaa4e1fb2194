import { Anchor, Button, List, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schemas } from '../../api/client.ts';
import { useEnvironment } from '../../api/session.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { AnswerDocument } from '../parts/AnswerDocument.tsx';
import styles from './answer.module.css';
import { fieldId } from './form-context.ts';
import { RegisterDialog } from './RegisterDialog.tsx';
import { RegisterOutcome } from './RegisterOutcome.tsx';
import { texts } from './texts.ts';
import { useRegister } from './use-register.ts';

/** The answer as it will be sent, what cannot be undone, and the buttons 戻る and 登録. */
export function CheckedAnswer({ view }: { view: Schemas['AnswerForm'] }) {
  const t = useTexts(texts);
  const [isAsked, setAsked] = useState(false);
  const caseId = view.case.id;
  const register = useRegister(view, { onFail: () => setAsked(false) });
  const { document, warnings } = view.draft.check;
  return (
    <Stack gap="lg" className={styles.document ?? ''}>
      <Text>{t.checkLead}</Text>
      {warnings.length > 0 && (
        <Notice kind="warning" title={t.warnings}>
          <List size="sm">
            {warnings.map(({ pointer, detail }) => (
              <List.Item key={pointer}>{detail}</List.Item>
            ))}
          </List>
        </Notice>
      )}
      <AnswerDocument
        document={document}
        order={2}
        beside={(section, title) => <Change caseId={caseId} section={section} title={title} />}
      />
      <Final />
      <RegisterOutcome
        caseId={caseId}
        register={register}
        onTryAgain={() => {
          setAsked(true);
          register.start();
        }}
      />
      <div className={`${styles.checkActions} no-print`}>
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/cases/$caseId/answer" params={{ caseId }} {...props} />}
        >
          {t.back}
        </Button>
        <Button disabled={register.isOver} onClick={() => setAsked(true)}>
          {t.register}
        </Button>
      </div>
      <RegisterDialog isOpen={isAsked} onClose={() => setAsked(false)} register={register} />
    </Stack>
  );
}

/** The way back to one section of the form. */
function Change({ caseId, section, title }: { caseId: string; section: string; title: string }) {
  const t = useTexts(texts);
  return (
    <Anchor
      className="no-print"
      aria-label={t.changeOf(title)}
      renderRoot={(props) => (
        <Link to="/cases/$caseId/answer" params={{ caseId }} hash={fieldId(`/${section}`)} {...props} />
      )}
    >
      {t.change}
    </Anchor>
  );
}

/** 手順書「※『登録』ボタン押下後の修正や取消はできません。修正が必要な場合は、SBPS加盟店サポートまでお問い合わせください」 */
function Final() {
  const t = useTexts(texts);
  const supportMail = useEnvironment()?.supportMail;
  return (
    <Notice kind="info">
      <Text fw={600}>{t.final}</Text>
      <Text>
        {t.support} {supportMail && <Anchor href={`mailto:${supportMail}`}>{supportMail}</Anchor>}
      </Text>
    </Notice>
  );
}
