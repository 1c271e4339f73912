// What chats tell, and what people wrote as the chat's Markdown shows it: as text that pings nobody and makes no link.
const chat = {
  red: '#c62828', green: '#2e7d32', amber: '#b26a00', grey: '#546e7a',

  /** A run as a message tells it: its first failures by name, and how many more there are. Each piece on one line, and not too long. */
  run(it, shown = 10) {
    const run = read.run(it);
    const failures = run.failures.slice(0, shown).map((failure) => ({
      name: [failure.request, failure.test || failure.name].filter(Boolean).map((part) => chat.piece(part, 100)).join(' › '),
      message: chat.piece(failure.message, 200),
    }));
    const streak = run.streak > 1 ? ` It has failed ${text.count(run.streak)} times in a row.` : '';
    return {
      failures,
      more: run.failures.length - failures.length + run.more,
      good: !run.failed,
      mark: run.failed ? '🔴' : '🟢',
      color: run.failed ? chat.red : chat.green,
      title: `${it.test ? 'Test: ' : ''}${chat.piece(run.monitor, 120)} ${run.state}${run.recovered ? ' again' : ''}`,
      summary: `${run.summary[0].toUpperCase()}${run.summary.slice(1)}.${streak}`,
      where: [run.collection, run.environment].filter(Boolean).map((part) => chat.piece(part, 100)).join(' · '),
      link: run.link,
    };
  },

  activity(it) {
    const { sentence, title, link } = read.activity(it);
    return { sentence: `${title ? `${title}: ` : ''}${chat.piece(sentence, 800)}`, link };
  },

  custom(it) {
    const { title, json } = read.custom(it);
    return { title: chat.piece(title, 150), json };
  },

  trouble(it) {
    const { integration, disabled, message, link } = read.trouble(it);
    const title = `${it.test ? 'Test: ' : ''}${chat.piece(integration, 120)} ${disabled ? 'was disabled' : 'is failing'}`;
    return { mark: disabled ? '⛔' : '⚠️', color: disabled ? chat.red : chat.amber, title, message: chat.piece(message, 800), link };
  },

  piece: (value, max) => text.cut(text.line(value), max),

  /** As many lines of a list as fit into `max` characters, then how many more there are. */
  lines(lines, more, max) {
    const kept = [];
    let left = max - 40;
    for (const line of lines) {
      left -= line.length + 1;
      if (left < 0) break;
      kept.push(line);
    }
    const rest = lines.length - kept.length + more;
    return rest && lines.length ? [...kept, `- … and ${text.count(rest)} more`] : kept;
  },

  /** A line with invisible spaces within what chats make mentions, emoji, entities and links of by themselves. */
  quiet: (value) => text.line(value).replace(/[@#~]|:(?=\/\/|\w)|www(?=\.)|&(?=#?\w+;)/gi, '$&\u200b'),

  /** The same in Markdown, not at a line's beginning: `marks` stand behind backslashes. */
  markdown: (value, marks) => chat.quiet(text.line(value).replace(marks, '\\$&')),

  /** Lines in a block of code. */
  block: (value, language = '') => `\`\`\`${language}\n${String(value).replace(/```/g, "'''")}\n\`\`\``,
};
