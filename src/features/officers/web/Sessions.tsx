import { useAnswer, useCommand } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Empty, Loaded } from '../../../web/kit/Page.tsx';
import { Table } from '../../../web/kit/Table.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { endOtherSessions, endSession, listSessions } from '../contract.ts';

/** Where this office is signed in now; each can be ended from here. */
export function Sessions() {
  const say = useSay();
  const sessions = useAnswer(listSessions, {});
  const end = useCommand(endSession);
  const endOthers = useCommand(endOtherSessions);
  return (
    <Loaded query={sessions}>
      {({ rows }) => (
        <>
          <Table caption={say('settings.sessions')} rows={rows} rowKey={(row) => row.id} empty={<Empty>{say('session.none')}</Empty>}
            columns={[
              { id: 'agent', heading: say('session.browser'), kind: 'first', cell: (row) => <><bdi dir="ltr">{browserName(row.agent)}</bdi>{row.current ? <span className="beside">{say('session.this')}</span> : null}</> },
              { id: 'by', heading: say('session.by'), cell: (row) => say(`session.by.${row.by}`) },
              { id: 'started', heading: say('session.started'), cell: (row) => <Moment at={row.startedAt} /> },
              { id: 'seen', heading: say('session.seen'), cell: (row) => <Moment at={row.seenAt} /> },
              { id: 'actions', heading: say('settings.actions'), cell: (row) => (row.current ? null : <Button weight="quiet" onPress={() => end.mutate({ params: { session: row.id } })}>{say('session.end')}</Button>) },
            ]} />
          {end.data?.ok === false ? <RefusalNotice refusal={end.data.refusal} /> : null}
          {rows.some((row) => !row.current) ? <Button isPending={endOthers.isPending} onPress={() => endOthers.mutate({})}>{say('session.end-others')}</Button> : null}
        </>
      )}
    </Loaded>
  );
}

/** `Chromium 148, Linux` out of a user agent; as it is where it says something else. */
function browserName(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Version)\/(\d+)/.exec(agent);
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent);
  if (browser === null) return agent.slice(0, 60);
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari', Chrome: 'Chromium' };
  const name = names[browser[1] as string] ?? browser[1];
  return `${name} ${browser[2]}${system === null ? '' : `, ${system[1]}`}`;
}
