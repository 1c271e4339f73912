import { Autocomplete, Button, Tabs, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { told } from '../../../parts/notify';
import { Refusal } from '../../../parts/States';
import { useGuard } from '../../../parts/useGuard';
import { replaceItem, type Change } from '../document/change';
import {
  docOfForm,
  faultsOf,
  formOfDoc,
  formOfItem,
  itemOfForm,
  rebased,
  touchedIn,
  type Form,
} from '../document/form';
import { isOutdated, useChange, type Kept } from '../document/kept';
import { isFolder, nameOf, type Found } from '../document/model';
import { queryOf } from '../document/url';
import { Conflict } from './Conflict';
import style from './edit.module.css';
import { tabsOf } from './tabs';

interface EditProps {
  uid: string;
  kept: Kept;
  /** What is edited; without it, the collection itself. */
  found: Found | undefined;
  leave: () => void;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Edits an item, or what the collection says of itself. What others change meanwhile does not change the form; saving tells of it. */
export default function Edit({ uid, kept, found, leave }: EditProps) {
  // The form stays with the version that it was begun from.
  const [from] = useState({ kept, item: found?.item });
  const before = useMemo(() => (from.item ? formOfItem(from.item) : formOfDoc(from.kept.doc)), [from]);
  const [form, setForm] = useState(before);
  const [showsFaults, showFaults] = useState(false);
  const change = useChange(uid);
  const touched = useMemo(() => touchedIn(before, form), [before, form]);
  const guard = useGuard(touched.size > 0);
  const isRequest = from.item !== undefined && !isFolder(from.item);
  const faults = showsFaults ? faultsOf(form) : {};
  const set = (part: Partial<Form>) => setForm((old) => ({ ...old, ...part }));

  const make: Change = from.item
    ? replaceItem(from.item.id ?? '', (item) => itemOfForm(item, rebased(before, form, formOfItem(item))))
    : (doc) => docOfForm(doc, rebased(before, form, formOfDoc(doc)));
  const write = (base: Kept | undefined) =>
    change.mutate(
      { change: make, from: base },
      {
        onSuccess: () => {
          told(`Saved ${form.name}`);
          guard.drop();
          leave();
        },
      },
    );
  const save = () => {
    showFaults(true);
    if (Object.keys(faultsOf(form)).length === 0) write(from.kept);
  };

  const tabs = tabsOf({ form, set, isRequest, faults });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && event.key === 's') {
          event.preventDefault();
          save();
        }
      }}
    >
      <div className={`stack ${style.form}`}>
        {!isOutdated(change.error) && <Refusal of={change} />}
        <TextInput
          label="Name"
          value={form.name}
          error={faults.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        {isRequest && (
          <div className={style.address}>
            <Autocomplete
              label="Method"
              data={METHODS}
              value={form.method}
              onChange={(method) => set({ method: method.toUpperCase() })}
              className={style.method!}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontWeight: 600 } }}
            />
            <TextInput
              label="Address"
              placeholder="{{base}}/v1/cart"
              value={form.url}
              spellCheck={false}
              onChange={({ currentTarget: { value } }) =>
                set({ url: value, query: queryOf(value, form.query) })
              }
              className={style.url!}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
            />
          </div>
        )}
        <Textarea
          label="Description"
          description="Markdown"
          minRows={2}
          maxRows={12}
          value={form.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
      </div>
      <Tabs defaultValue={tabs[0]!.value} keepMounted={false}>
        <Tabs.List className={style.tabs!}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab.value} value={tab.value}>
              {tab.label}
              {tab.count ? <span className={style.count}>{tab.count}</span> : null}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((tab) => (
          <Tabs.Panel key={tab.value} value={tab.value} className={style.panel!}>
            {tab.draw()}
          </Tabs.Panel>
        ))}
      </Tabs>
      <div className={style.foot}>
        <span className="small dimmed" role="status">
          {touched.size > 0 ? 'Not saved yet' : 'Nothing changed'}
        </span>
        <Button className="push" variant="default" onClick={leave}>
          Cancel
        </Button>
        <Button type="submit" disabled={touched.size === 0} loading={change.isPending}>
          Save
        </Button>
      </div>
      {isOutdated(change.error) && (
        <Conflict
          uid={uid}
          from={from.kept}
          what={from.item ? nameOf(from.item) : 'the collection'}
          reload={() => {
            guard.drop();
            leave();
          }}
          keep={() => write(undefined)}
          close={change.reset}
        />
      )}
      {guard.dialog}
    </form>
  );
}
