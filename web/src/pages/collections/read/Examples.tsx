import { NativeSelect, Tabs } from '@mantine/core';
import { useState } from 'react';
import { Body } from '../../../parts/Body';
import { Method, StatusCode } from '../../../parts/Pill';
import { examplesOf, headersOf, methodOf, text, urlOf, type Example, type Item } from '../document/model';
import { Pairs } from './Pairs';
import style from './read.module.css';
import { Templated } from './Templated';

/** With more than this, tabs would be no help. */
const MOST_TABS = 6;

/** The saved responses of a request. */
export function Examples({ of, chosen }: { of: Item; chosen: Example | undefined }) {
  const examples = examplesOf(of);
  const [wanted, want] = useState<string | null>(null);
  if (examples.length === 0) return null;
  const fallback = Math.max(0, chosen ? examples.indexOf(chosen) : 0);
  const at = wanted === null ? fallback : Math.min(Number(wanted), examples.length - 1);
  const names = examples.map((it, index) => text(it.name) || `Example ${index + 1}`);
  const title = (
    <h3 className="section-title">
      Examples <span className="dimmed number">{examples.length}</span>
    </h3>
  );
  if (examples.length > MOST_TABS)
    return (
      <section>
        {title}
        <div className={style.description}>
          <NativeSelect
            aria-label="Example"
            data={names.map((label, index) => ({ value: String(index), label }))}
            value={String(at)}
            onChange={(event) => want(event.currentTarget.value)}
          />
        </div>
        <ExampleDocs example={examples[at]!} />
      </section>
    );
  return (
    <section>
      {title}
      <Tabs value={String(at)} onChange={want} keepMounted={false}>
        <Tabs.List className={style.tabs!}>
          {names.map((name, index) => (
            <Tabs.Tab key={index} value={String(index)} maw={260}>
              <span className="row">
                <StatusCode status={examples[index]!.code ?? null} />
                <span className="clip">{name}</span>
              </span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {examples.map((example, index) => (
          <Tabs.Panel key={index} value={String(index)}>
            <ExampleDocs example={example} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

function ExampleDocs({ example }: { example: Example }) {
  const request = example.originalRequest;
  return (
    <>
      <div className={style.address}>
        <StatusCode status={example.code ?? null} />
        {text(example.status) && <span className="small dimmed">{text(example.status)}</span>}
        {request && (
          <>
            <Method name={methodOf(request)} />
            <span className={`mono ${style.url}`}>
              <Templated text={urlOf(request)} />
            </span>
          </>
        )}
      </div>
      <Pairs title="Response headers" pairs={headersOf(example.header)} />
      <Body title="Response body" text={text(example.body)} name="response.txt" />
    </>
  );
}
